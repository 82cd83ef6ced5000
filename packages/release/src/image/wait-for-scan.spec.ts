import { sdkError } from '@nightshift/testing/aws';
import { digestOf, type FakeScan } from '../testing/fake-ecr';
import { complete, finding, scanIn } from '../testing/fake-scan';
import { ScanFixture } from '../testing/scan-fixture';
import { findingsOf } from './scan-findings';

const goesOn = scanIn('IN_PROGRESS');

const docs = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-troubleshooting.html';

describe('finishedScan', () => {
  let fixture: ScanFixture;
  beforeEach(() => {
    fixture = new ScanFixture();
  });

  describe('waits', () => {
    it('and reports it at once and every 15 seconds', async () => {
      fixture.ecr.scans = [...Array<FakeScan>(5).fill(goesOn), complete(finding('LOW', 'CVE-1'))];
      expect(await fixture.scan()).toMatchObject({
        completedAt: new Date('2024-12-24T01:02:03Z'),
        findings: [{ name: 'CVE-1', severity: 'LOW' }],
      });
      expect(fixture.notes).toEqual(['the scan is in progress, 0 s', 'the scan is in progress, 15 s']);
      expect(fixture.seconds).toBe(25);
    });

    it.each([
      ['that is yet to begin', scanIn('PENDING'), 'has not started yet'],
      ['of which ECR says nothing', {}, 'has not started yet'],
      ['whose result is still to come', scanIn('COMPLETE'), 'has ended, but has no result yet'],
      ['by Inspector whose result is still to come', scanIn('ACTIVE'), 'has started, but has no result yet'],
    ])('for a scan %s', async (_, first, words) => {
      fixture.ecr.scans = [first, complete()];
      await fixture.scan();
      expect(fixture.notes).toEqual([`the scan ${words}, 0 s`]);
      expect(fixture.seconds).toBe(5);
    });

    it('for the scan of a new image', async () => {
      fixture.push('fresh', 'f1', '2024-12-31T23:59:30Z');
      fixture.ecr.scans = [undefined, complete()];
      await fixture.scan('fresh');
      expect(fixture.notes).toEqual(['the scan has not started yet, 0 s']);
    });

    it('for at most the given time', async () => {
      fixture.ecr.scans = [goesOn];
      await expect(fixture.scan('1.4.2', { timeoutSeconds: 10 })).rejects.toThrow(
        'ecr-repository-dev: the scan of image 1.4.2 has no result after 10 s, got IN_PROGRESS - wait longer: npx nightshift scan --image 1.4.2 --timeout 20 -c dev',
      );
      expect(fixture.seconds).toBe(10);
    });
  });

  describe('starts a scan on request', () => {
    it.each([
      ['there is none', undefined],
      ['it failed', scanIn('FAILED')],
    ])('and %s', async (_, first) => {
      fixture.ecr.scans = [first, undefined, complete()];
      await fixture.scan('1.4.2', { start: true });
      expect(fixture.ecr.started).toEqual([digestOf('a1')]);
      expect(fixture.seconds).toBe(10);
    });

    it('but not a second time', async () => {
      fixture.ecr.scans = [scanIn('FAILED'), scanIn('FAILED')];
      await expect(fixture.scan('1.4.2', { start: true })).rejects.toThrow('the scan of image 1.4.2 failed');
      expect(fixture.ecr.started).toHaveLength(1);
    });

    it.each([
      [
        sdkError('LimitExceededException', 'The scan quota per image has been exceeded. Wait and try again.'),
        'ecr-repository-dev: image 1.4.2 has been scanned in the last 24 hours, and ECR does that once a day, got The scan quota per image has been exceeded. Wait and try again - run the same command again tomorrow',
      ],
      [
        sdkError('UnsupportedImageTypeException', 'The image is of a type that cannot be scanned.'),
        `ecr-repository-dev: ECR cannot scan image 1.4.2, got The image is of a type that cannot be scanned - build it on a distribution that ECR knows: ${docs}`,
      ],
      [
        sdkError('ValidationException', 'This feature is disabled'),
        'ecr-repository-dev: a scan cannot be started by hand, as with enhanced scanning, got This feature is disabled - Amazon Inspector starts it: see in the scanning settings of the registry whether this repository is among those that it scans',
      ],
      [sdkError('AccessDeniedException', 'not authorized'), 'not authorized'],
    ])('or reports why that is not possible: %s', async (error, message) => {
      fixture.ecr.failures.set('StartImageScan', error);
      await expect(fixture.scan('1.4.2', { start: true })).rejects.toThrow(new Error(message));
    });
  });

  it.each([
    [
      'it has not been scanned',
      undefined,
      'image 1.4.2 has not been scanned - scan it: npx nightshift scan --image 1.4.2 --start -c dev',
    ],
    [
      'the scan failed',
      scanIn('FAILED', 'The scan failed.'),
      'the scan of image 1.4.2 failed, got The scan failed - scan it again: npx nightshift scan --image 1.4.2 --start -c dev',
    ],
    [
      'ECR does not know the distribution',
      scanIn('UNSUPPORTED_IMAGE', "UnsupportedImageError: The operating system '' is not supported."),
      `ECR cannot scan image 1.4.2, got UnsupportedImageError: The operating system '' is not supported - build it on a distribution that ECR knows: ${docs}`,
    ],
    [
      'it is old',
      scanIn('SCAN_ELIGIBILITY_EXPIRED'),
      'image 1.4.2 is too old to be scanned - push it again, or have Amazon Inspector scan images for longer',
    ],
    ['it is archived', scanIn('IMAGE_ARCHIVED'), 'image 1.4.2 is archived - restore it in ECR first'],
    [
      'ECR has lost it',
      scanIn('FINDINGS_UNAVAILABLE', 'Try later.'),
      `the scan of image 1.4.2 has no result, got FINDINGS_UNAVAILABLE: Try later - what it means: ${docs}`,
    ],
  ])('reports how to get a result, as %s', async (_, answer, message) => {
    fixture.ecr.scans = [answer];
    await expect(fixture.scan()).rejects.toThrow(new Error(`ecr-repository-dev: ${message}`));
  });

  it('reads all pages', async () => {
    fixture.ecr.scans = [
      { ...complete(finding('LOW', 'CVE-1')), nextToken: 'page 2' },
      complete(finding('LOW', 'CVE-2')),
    ];
    expect((await fixture.scan()).findings.map(({ name }) => name)).toEqual(['CVE-1', 'CVE-2']);
    expect(fixture.ecr.requests).toEqual([digestOf('a1'), 'page 2']);
  });

  it('rethrows other errors of ECR', async () => {
    fixture.ecr.failures.set('DescribeImageScanFindings', new Error('no access'));
    await expect(fixture.scan()).rejects.toThrow('no access');
  });
});

describe('findingsOf', () => {
  it('reads the findings of a basic scan', () => {
    const attribute = (key: string, value: string) => ({ key, value });
    expect(
      findingsOf({
        findings: [
          {
            name: 'CVE-1',
            severity: 'HIGH',
            uri: 'https://cve.example.org/1',
            attributes: [attribute('package_version', '3.0.1'), attribute('package_name', 'openssl')],
          },
          { attributes: [attribute('package_name', 'openssl')] },
          {},
        ],
      }),
    ).toEqual([
      {
        name: 'CVE-1',
        severity: 'HIGH',
        package: 'openssl 3.0.1',
        fixedIn: undefined,
        uri: 'https://cve.example.org/1',
      },
      { name: 'unnamed', severity: 'UNDEFINED', package: 'openssl' },
      { name: 'unnamed', severity: 'UNDEFINED' },
    ]);
  });

  it('reads the findings of Amazon Inspector, without suppressed ones', () => {
    const packages = (...fixes: (string | undefined)[]) =>
      fixes.map((fixedInVersion) => ({ name: 'openssl', version: '3.0.1', ...(fixedInVersion && { fixedInVersion }) }));
    expect(
      findingsOf({
        enhancedFindings: [
          {
            severity: 'CRITICAL',
            status: 'ACTIVE',
            title: 'CVE-1 - openssl',
            packageVulnerabilityDetails: {
              vulnerabilityId: 'CVE-1',
              sourceUrl: 'https://cve.example.org/1',
              vulnerablePackages: packages('3.0.2', '3.0.2', 'NotAvailable', undefined),
            },
          },
          { severity: 'HIGH', title: 'Something else', packageVulnerabilityDetails: { vulnerablePackages: [{}] } },
          {},
          { severity: 'HIGH', status: 'SUPPRESSED' },
        ],
      }),
    ).toEqual([
      {
        name: 'CVE-1',
        severity: 'CRITICAL',
        package: 'openssl 3.0.1',
        fixedIn: '3.0.2',
        uri: 'https://cve.example.org/1',
      },
      { name: 'Something else', severity: 'HIGH' },
      { name: 'unnamed', severity: 'UNTRIAGED' },
    ]);
  });
});
