import { complete, digestOf, scanIn, type FakeScan } from '@nightshift/release/testing';
import { sdkError } from '../testing/fake-service';
import { ScanRun } from '../testing/scan-run';

const goesOn = scanIn('IN_PROGRESS');
const scanned = 'scanned 2024-12-24 01:02 UTC';

describe('nightshift scan (R2.3)', () => {
  let run: ScanRun;
  beforeEach(() => {
    run = new ScanRun();
  });
  afterEach(() => {
    run.dispose();
  });

  describe('waits for a scan', () => {
    it('and says so at once and every 15 seconds', async () => {
      run.ecr.scans = [...Array<FakeScan>(5).fill(goesOn), complete()];
      expect(await run.scan('--image 1.4.2 -c dev')).toEqual({
        stdout: [
          'ecr-repository-dev in us-east-1',
          '  … the scan is in progress, 0 s',
          '  … the scan is in progress, 15 s',
          `  [OK] image 1.4.2: no finding, ${scanned}`,
          '',
        ].join('\n'),
        exitCode: 0,
        seconds: 25,
      });
    });

    it.each([
      ['that is yet to begin', scanIn('PENDING'), 'has not started yet'],
      ['of which ECR says nothing', {}, 'has not started yet'],
      ['whose result is still to come', scanIn('COMPLETE'), 'has ended, but has no result yet'],
      ['by Inspector whose result is still to come', scanIn('ACTIVE'), 'has started, but has no result yet'],
    ])('%s', async (_, first, words) => {
      run.ecr.scans = [first, complete()];
      const { stdout, seconds } = await run.scan('--image 1.4.2 -c dev');
      expect(stdout).toContain(`  … the scan ${words}, 0 s\n`);
      expect(seconds).toBe(5);
    });

    it('of an image that has just been pushed', async () => {
      run.push('fresh', 'f1', '2024-12-31T23:59:30Z');
      run.ecr.scans = [undefined, complete()];
      const { stdout } = await run.scan('--image fresh -c dev');
      expect(stdout).toContain('  … the scan has not started yet, 0 s\n  [OK] ');
    });

    it('as long as it is told to', async () => {
      run.ecr.scans = [goesOn];
      expect(await run.scan('--image 1.4.2 -c dev')).toMatchObject({
        failure:
          'ecr-repository-dev: the scan of image 1.4.2 has no result after 300 s, got IN_PROGRESS - wait longer: npx nightshift scan --image 1.4.2 --timeout 600 -c dev',
        seconds: 300,
      });
      expect((await run.scan('--image 1.4.2 -c dev --timeout 10')).seconds).toBe(10);
    });

    it('for a time that is a number', async () => {
      expect((await run.scan('--image 1.4.2 -c dev --timeout 5m')).failure).toBe(
        "error: option '--timeout <seconds>' argument '5m' is invalid. It is not a whole number of seconds.",
      );
    });
  });

  describe('starts a scan where it is asked to', () => {
    it.each([
      ['there is none', undefined],
      ['it failed', scanIn('FAILED')],
    ])('and %s', async (_, first) => {
      run.ecr.scans = [first, undefined, complete()];
      const { stdout, seconds } = await run.scan('--image 1.4.2 -c dev --start');
      expect(stdout).toContain('  … the scan has not started yet, 0 s\n  [OK] ');
      expect(run.ecr.started).toEqual([digestOf('a1')]);
      expect(seconds).toBe(10);
    });

    it('but not a second time', async () => {
      run.ecr.scans = [scanIn('FAILED'), scanIn('FAILED')];
      expect((await run.scan('--image 1.4.2 -c dev --start')).failure).toContain('the scan of image 1.4.2 failed');
      expect(run.ecr.started).toHaveLength(1);
    });

    it('and not where one has ended well', async () => {
      run.ecr.scans = [complete()];
      await run.scan('--image 1.4.2 -c dev --start');
      expect(run.ecr.started).toEqual([]);
    });

    it.each([
      [
        sdkError('LimitExceededException', 'The scan quota per image has been exceeded. Wait and try again.'),
        'image 1.4.2 has been scanned in the last 24 hours, and ECR does that once a day, got The scan quota per image has been exceeded. Wait and try again - run the same command again tomorrow',
      ],
      [
        sdkError('UnsupportedImageTypeException', 'The image is of a type that cannot be scanned.'),
        'ECR cannot scan image 1.4.2, got The image is of a type that cannot be scanned - build it on a distribution that ECR knows: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-troubleshooting.html',
      ],
      [
        sdkError('ValidationException', 'This feature is disabled'),
        'a scan cannot be started by hand, as with enhanced scanning, got This feature is disabled - Amazon Inspector starts it: see in the scanning settings of the registry whether this repository is among those that it scans',
      ],
    ])('or says why that cannot be: %s', async (error, message) => {
      run.ecr.failures.set('StartImageScan', error);
      expect((await run.scan('--image 1.4.2 -c dev --start')).failure).toBe(`ecr-repository-dev: ${message}`);
    });
  });
});
