import { complete, digestOf, scanIn } from '@nightshift/release/testing';
import { sdkError } from '../testing/fake-service';
import { ScanRun } from '../testing/scan-run';

const index = 'application/vnd.oci.image.index.v1+json';

describe('nightshift scan (R2.3)', () => {
  let run: ScanRun;
  beforeEach(() => {
    run = new ScanRun();
  });
  afterEach(() => {
    run.dispose();
  });

  describe('says what to do where there is no answer', () => {
    const docs = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-troubleshooting.html';

    it.each([
      [
        'the image has not been scanned',
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
        'the image is old',
        scanIn('SCAN_ELIGIBILITY_EXPIRED'),
        'image 1.4.2 is too old to be scanned any more - push it again, or have Amazon Inspector scan images for longer',
      ],
      ['the image is archived', scanIn('IMAGE_ARCHIVED'), 'image 1.4.2 is archived - restore it in ECR first'],
      [
        'ECR has lost it',
        scanIn('FINDINGS_UNAVAILABLE', 'Try later.'),
        `the scan of image 1.4.2 has no result, got FINDINGS_UNAVAILABLE: Try later - what it means: ${docs}`,
      ],
      [
        'ECR does not say why',
        scanIn('LIMIT_EXCEEDED'),
        `the scan of image 1.4.2 has no result, got LIMIT_EXCEEDED - what it means: ${docs}`,
      ],
    ])('as %s', async (_, answer, message) => {
      run.ecr.scans = [answer];
      expect((await run.scan('--image 1.4.2 -c dev')).failure).toBe(`ecr-repository-dev: ${message}`);
    });

    it('as no image, or no right one, is named', async () => {
      const todo = 'pass a tag, such as --image 1.4.2, or a digest: sha256: and 64 hexadecimal digits';
      expect((await run.scan('-c dev')).failure).toBe(`nightshift scan: no image is given - ${todo}`);
      expect((await run.scan('-c dev --image a/b:1')).failure).toBe(
        `nightshift scan: the image is neither a tag nor a digest, got a/b:1 - ${todo}`,
      );
    });

    it('as there is no repository', async () => {
      run.ecr.repository = 'another';
      expect((await run.scan('--image 1.4.2 -c dev')).failure).toBe(
        'ecr-repository-dev: the repository does not exist in us-east-1 - deploy it first: npx nx run registry:deploy -c dev',
      );
    });

    it('as there is no such image: the newest are named', async () => {
      run.ecr.pageSize = 2;
      for (const day of [6, 5, 9, 8, 7])
        run.push(`1.5.${String(day)}`, `b${String(day)}`, `2024-12-2${String(day)}T12:00:00Z`);
      run.ecr.images.push({ digest: digestOf('c1'), pushedAt: new Date('2024-12-31') });
      expect((await run.scan('--image 1.6.0 -c dev')).failure).toBe(
        'ecr-repository-dev: the image does not exist, got 1.6.0 - push it first, or use one of the newest: 1.5.9, 1.5.8, 1.5.7, 1.5.6, 1.5.5',
      );
    });

    it('as the repository is empty', async () => {
      run.ecr.images.length = 0;
      expect((await run.scan('--image 1.6.0 -c dev')).failure).toBe(
        'ecr-repository-dev: the image does not exist, got 1.6.0 - push it first; no image in the repository has a tag',
      );
    });

    it.each(['DescribeImages', 'DescribeImageScanFindings', 'StartImageScan'])('as AWS refuses %s', async (call) => {
      run.ecr.failures.set(call, sdkError('AccessDeniedException', `not authorized to perform: ecr:${call} on x`));
      expect((await run.scan('--image 1.4.2 -c dev --start')).failure).toBe(
        `images of dev: AWS does not allow it, got AccessDeniedException: not authorized to perform: ecr:${call} on x - have ecr:${call} allowed to the role that you run as, then run the same command again`,
      );
    });
  });

  describe('of an image with several parts', () => {
    const part = (digest: string, os: string, architecture: string) => ({ digest, platform: { os, architecture } });
    const attestation = part(digestOf('ee'), 'unknown', 'unknown');
    const pushIndex = (manifest?: object) =>
      run.ecr.images.push({
        digest: digestOf('d1'),
        tags: ['multi'],
        pushedAt: new Date('2024-12-24'),
        mediaType: index,
        ...(manifest && { manifest }),
      });

    it('asks for the part that tasks run, as ECR scans no index', async () => {
      pushIndex({
        manifests: [part(digestOf('a2'), 'linux', 'arm64'), attestation, part(digestOf('a3'), 'linux', 'amd64')],
      });
      run.ecr.scans = [complete()];
      expect((await run.scan('--image multi -c dev')).exitCode).toBe(0);
      expect(run.ecr.asked).toEqual([digestOf('a3')]);
    });

    it('refuses one that tasks cannot run', async () => {
      pushIndex({ manifests: [part(digestOf('a2'), 'linux', 'arm64'), attestation, { digest: digestOf('ef') }] });
      expect((await run.scan('--image multi -c dev')).failure).toBe(
        'ecr-repository-dev: image multi is not built for linux/amd64, got linux/arm64 - build it for linux/amd64, or change task.architecture in environments/dev.yaml',
      );
    });

    it('says why the parts cannot be read', async () => {
      pushIndex();
      expect((await run.scan('--image multi -c dev')).failure).toBe(
        'ecr-repository-dev: the parts of image multi cannot be read, got KmsError: the key is disabled - correct the cause, then run the same command again',
      );
    });
  });
});
