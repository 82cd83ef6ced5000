import { forEachTest } from '@nightshift/stack-run/testing';
import { complete, digestOf, finding } from '@nightshift/release/testing';
import { openssl, scanned, ScanRun } from '../testing/scan-run';

describe('nightshift scan (R2.3)', () => {
  const run = forEachTest(() => new ScanRun());

  describe('refuses an image', () => {
    it('with findings above the limit, shows the worst first and exits with 1', async () => {
      run.ecr.scans = [
        complete(finding('HIGH', 'CVE-9'), finding('MEDIUM', 'CVE-8'), finding('CRITICAL', 'CVE-1', openssl)),
      ];
      expect(await run.scan('--image 1.4.2 -c dev --allow MEDIUM')).toEqual({
        stdout: [
          'ecr-repository-dev in us-east-1',
          `  [FAIL] image 1.4.2: 2 findings above MEDIUM (1 CRITICAL, 1 HIGH, 1 MEDIUM), ${scanned}`,
          '       CRITICAL CVE-1 in openssl 3.0.1, https://cve.example.org/1',
          '       HIGH CVE-9',
          '       -> update the packages or the base image, then push and scan a new tag; the limit is registry.highestSeverity in environments/dev.yaml, or --allow',
          '',
        ].join('\n'),
        exitCode: 1,
        seconds: 0,
      });
    });

    it('and shows a limited number of findings', async () => {
      const findings = Array.from({ length: 12 }, (_, number) => finding('CRITICAL', `CVE-${String(number + 10)}`));
      run.ecr.scans = [complete(...findings)];
      const { stdout } = await run.scan('--image 1.4.2 -c dev');
      expect(stdout).toContain('12 findings above HIGH (12 CRITICAL)');
      expect(stdout).toContain('       CRITICAL CVE-19\n       … and 2 more; use --json to see all\n       -> ');
    });

    it('for findings of Amazon Inspector, without suppressed ones', async () => {
      const enhanced = (severity: string, more: object = {}) => ({ severity, status: 'ACTIVE', ...more });
      const packages = (...fixes: (string | undefined)[]) =>
        fixes.map((fixedInVersion) => ({ name: 'openssl', version: '3.0.1', fixedInVersion }));
      run.ecr.scans = [
        {
          imageScanStatus: { status: 'ACTIVE', description: 'Continuous scan is selected for image.' },
          imageScanFindings: {
            imageScanCompletedAt: new Date('2024-12-24T01:02:03Z'),
            enhancedFindings: [
              enhanced('CRITICAL', {
                title: 'CVE-1 - openssl',
                packageVulnerabilityDetails: {
                  vulnerabilityId: 'CVE-1',
                  sourceUrl: 'https://cve.example.org/1',
                  vulnerablePackages: packages('3.0.2', '3.0.2', 'NotAvailable', undefined),
                },
              }),
              enhanced('CRITICAL', {
                title: 'Something else',
                packageVulnerabilityDetails: { vulnerablePackages: [{}] },
              }),
              { severity: 'CRITICAL' },
              { title: 'Not assessed' },
              enhanced('CRITICAL', { title: 'Suppressed', status: 'SUPPRESSED' }),
            ],
          },
        },
      ];
      const { stdout } = await run.scan('--image 1.4.2 -c dev');
      expect(stdout).toContain(
        [
          `  [FAIL] image 1.4.2: 3 findings above HIGH (3 CRITICAL, 1 UNTRIAGED), ${scanned}`,
          '       CRITICAL CVE-1 in openssl 3.0.1, fixed in 3.0.2, https://cve.example.org/1',
          '       CRITICAL Something else',
          '       CRITICAL unnamed',
          '       -> ',
        ].join('\n'),
      );
    });

    it('for a finding without details from ECR', async () => {
      run.ecr.scans = [complete({ attributes: [{ key: 'package_name', value: 'openssl' }] })];
      const { stdout } = await run.scan('--image 1.4.2 -c dev --allow NONE');
      expect(stdout).toContain('1 finding above NONE (1 UNDEFINED)');
      expect(stdout).toContain('       UNDEFINED unnamed in openssl\n');
    });

    it('for a finding on a later page', async () => {
      run.ecr.scans = [{ ...complete(), nextToken: 'page 2' }, complete(finding('CRITICAL', 'CVE-1'))];
      expect((await run.scan('--image 1.4.2 -c dev')).exitCode).toBe(1);
      expect(run.ecr.requests).toEqual([digestOf('a1'), 'page 2']);
    });
  });
});
