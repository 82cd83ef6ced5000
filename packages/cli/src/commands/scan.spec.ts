import { rmSync } from 'node:fs';
import { complete, digestOf, type FakeScan, finding, scanIn } from '@nightshift/release/testing';
import { Command } from 'commander';
import { fakeWorkspace, forEachTest } from '@nightshift/stack-run/testing';
import { sdkError } from '@nightshift/testing/aws';
import { openssl, scanned, ScanRun } from '../testing/scan-run';
import { register } from './scan';
import { FakeEffects } from '../testing/fake-effects';

describe('nightshift scan (R2.3)', () => {
  const run = forEachTest(() => new ScanRun());

  describe('waits for a scan', () => {
    it('and reports it every 15 seconds', async () => {
      run.ecr.scans = [...Array<FakeScan>(5).fill(scanIn('IN_PROGRESS')), complete()];
      expect(await run.scan('--image 1.4.2 -c dev')).toEqual({
        stdout: `ecr-repository-dev in us-east-1\n  … the scan is in progress, 0 s\n  … the scan is in progress, 15 s\n  [OK] image 1.4.2: no finding, ${scanned}\n`,
        exitCode: 0,
        seconds: 25,
      });
    });

    it('for at most the given time', async () => {
      run.ecr.scans = [scanIn('IN_PROGRESS')];
      expect((await run.scan('--image 1.4.2 -c dev --timeout 10')).seconds).toBe(10);
      expect((await run.scan('--image 1.4.2 -c dev --timeout 5m')).failure).toBe(
        "error: option '--timeout <seconds>' argument '5m' is invalid. Expected a whole number of seconds.",
      );
    });

    it('that it starts with --start', async () => {
      run.ecr.scans = [undefined, complete()];
      await run.scan('--image 1.4.2 -c dev --start');
      expect(run.ecr.started).toEqual([digestOf('a1')]);
    });
  });

  describe('passes an image', () => {
    it('without findings', async () => {
      run.ecr.scans = [complete()];
      expect(await run.scan('--image 1.4.2 -c dev')).toEqual({
        stdout: `ecr-repository-dev in us-east-1\n  [OK] image 1.4.2: no finding, ${scanned}\n`,
        exitCode: 0,
        seconds: 0,
      });
      expect(run.ecr.requests).toEqual([digestOf('a1')]);
    });

    it('and reports the endpoint of its calls if it was not AWS', async () => {
      run.ecr.scans = [complete(), complete()];
      run.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' };
      expect((await run.scan('--image 1.4.2 -c dev')).stdout).toContain(
        `no finding, ${scanned}\nAWS endpoint: http://127.0.0.1:5000 (AWS_ENDPOINT_URL)\n`,
      );
      expect((await run.scan('--image 1.4.2 -c dev --json')).stdout).not.toContain('AWS calls');
    });

    it('with findings that the environment allows: HIGH and lower', async () => {
      run.ecr.scans = [complete(finding('MEDIUM', 'CVE-2'), finding('HIGH', 'CVE-1'), finding('MEDIUM', 'CVE-3'))];
      const { stdout, exitCode } = await run.scan('--image 1.4.2 -c dev');
      expect(stdout).toContain(`[OK] image 1.4.2: no finding above HIGH (1 HIGH, 2 MEDIUM), ${scanned}\n`);
      expect(exitCode).toBe(0);
    });

    it('by its digest, or with --allow', async () => {
      run.ecr.scans = [complete(finding('CRITICAL', 'CVE-1'))];
      const { stdout } = await run.scan(`--image ${digestOf('a1')} -c dev --allow CRITICAL`);
      expect(stdout).toContain(`[OK] image ${digestOf('a1')}: no finding above CRITICAL (1 CRITICAL), ${scanned}\n`);
    });

    it('with findings that nobody has assessed: they count as INFORMATIONAL', async () => {
      run.ecr.scans = [complete(finding('UNDEFINED', 'CVE-1'), finding('INFORMATIONAL', 'CVE-2'))];
      const lenient = await run.scan('--image 1.4.2 -c dev --allow INFORMATIONAL');
      expect(lenient.stdout).toContain('no finding above INFORMATIONAL (1 UNDEFINED, 1 INFORMATIONAL)');
      const strict = await run.scan('--image 1.4.2 -c dev --allow NONE');
      expect(strict.stdout).toContain('[FAIL] image 1.4.2: 2 findings above NONE (1 UNDEFINED, 1 INFORMATIONAL)');
    });
  });

  it('with --json prints all findings', async () => {
    run.ecr.scans = [scanIn('IN_PROGRESS'), complete(finding('CRITICAL', 'CVE-1', openssl), finding('LOW', 'CVE-2'))];
    const { stdout, exitCode } = await run.scan('--image 1.4.2 -c dev --json');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      { type: 'note', text: 'the scan is in progress, 0 s', time: '2025-01-01T00:00:00.000Z' },
      {
        type: 'result',
        verb: 'scan',
        environment: 'dev',
        suffix: 'dev',
        status: 'failed',
        problems: ['image 1.4.2: 1 finding above HIGH (1 CRITICAL, 1 LOW)'],
        repository: 'ecr-repository-dev',
        image: '1.4.2',
        digest: digestOf('a1'),
        allowed: 'HIGH',
        passed: false,
        counts: { CRITICAL: 1, LOW: 1 },
        findings: [
          { name: 'CVE-1', severity: 'CRITICAL', package: 'openssl 3.0.1', uri: 'https://cve.example.org/1' },
          { name: 'CVE-2', severity: 'LOW' },
        ],
        scannedAt: '2024-12-24T01:02:03.000Z',
        exitCode: 1,
      },
    ]);
    run.ecr.scans = [complete()];
    const passed = await run.scan('--image 1.4.2 -c dev --json');
    expect(JSON.parse(passed.stdout)).toMatchObject({ status: 'succeeded', problems: [], passed: true, exitCode: 0 });
  });

  it('accepts only the account of the environment', async () => {
    const { environmentFixture } = await import('@nightshift/testing/environment');
    const { scanImage } = await import('./scan');
    const environment = environmentFixture({ file: { account: { id: '999999999999' } } });
    const options = { image: '1.4.2', timeout: 300 };
    const props = {
      environment,
      clients: run.clients,
      options,
      effects: new FakeEffects(),
      sleep: () => Promise.resolve(),
    };
    await expect(scanImage(props)).rejects.toThrow('only account 999999999999 is allowed');
  });

  it('calls the cloud of the environment', async () => {
    const root = fakeWorkspace();
    const command = new Command('scan').exitOverride();
    const localCloud = () => Promise.reject(new Error('the local cloud is asked for'));
    register(command, Object.assign(new FakeEffects(), { root, localCloud }));
    await expect(command.parseAsync(['-c', 'local', '--image', '1'], { from: 'user' })).rejects.toThrow(
      'the local cloud is asked for',
    );
    rmSync(root, { recursive: true });
  });

  it('requires the tag or digest of an image', async () => {
    const todo = 'pass a tag, such as --image 1.4.2, or a digest: sha256: and 64 hexadecimal digits';
    expect((await run.scan('-c dev')).failure).toBe(`nightshift scan: no image specified - ${todo}`);
    expect((await run.scan('-c dev --image a/b:1')).failure).toBe(
      `nightshift scan: the image is neither a tag nor a digest, got a/b:1 - ${todo}`,
    );
  });

  it.each(['DescribeImages', 'DescribeImageScanFindings', 'StartImageScan'])(
    'reports that AWS refuses %s',
    async (call) => {
      run.ecr.failures.set(call, sdkError('AccessDeniedException', `not authorized to perform: ecr:${call} on x`));
      expect((await run.scan('--image 1.4.2 -c dev --start')).failure).toBe(
        `images of dev: AWS does not allow it, got AccessDeniedException: not authorized to perform: ecr:${call} on x - allow ecr:${call} for the role that you use, then run the same command again`,
      );
    },
  );
});
