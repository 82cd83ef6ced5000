import { complete, digestOf, finding, PreflightFixture, revisionArn, scanIn } from '../testing';

const deploy = 'npx nx run compute:deploy -c test';

describe('the version checks before a release', () => {
  let fixture: PreflightFixture;
  beforeEach(() => {
    fixture = new PreflightFixture();
  });

  describe('task definition', () => {
    it('is the revision of Terraform, not of another client', async () => {
      fixture.bucket.terraformKnows(revisionArn(6));
      fixture.answers['ListTaskDefinitions'] = () => ({ taskDefinitionArns: [6, 7].map(revisionArn) });
      expect(await fixture.line('task definition')).toBe(
        "[WARN] ecs-task-test:6 is Terraform's newest revision; ecs-task-test:7 was registered by another client, and the release does not use it -> move the changes that you need from it to the environment file",
      );
    });

    it('exists as long as it is in the state of Terraform', async () => {
      fixture.bucket.terraformKnows(revisionArn(8));
      expect(await fixture.line('task definition')).toBe(
        `[FAIL] ecs-task-test:7 is the newest, but Terraform's state has ecs-task-test:8, which is no longer active -> restore it: ${deploy}`,
      );
    });

    it.each([
      [
        'holds none',
        () => {
          fixture.bucket.terraformKnows();
        },
      ],
      ['is not there', () => fixture.bucket.objects.delete('test/compute.tfstate')],
      [
        'is of a kind that nobody knows',
        () => {
          fixture.bucket.put('test/compute.tfstate', []);
        },
      ],
    ])('is deployed by Terraform: the state %s', async (_, spoil) => {
      spoil();
      expect(await fixture.line('task definition')).toBe(
        `[FAIL] ecs-task-test:7 exists, but Terraform's state has no task definition -> deploy it: ${deploy}`,
      );
    });
  });

  describe('image', () => {
    it('is the running one by default', async () => {
      expect(await fixture.line('image')).toBe(`[OK] 1.4.2 is ${digestOf('a1')}, pushed 2026-11-23 20:15 UTC`);
    });

    it('can be given by digest', async () => {
      expect(await fixture.line('image', { image: digestOf('a1') })).toBe(
        `[OK] ${digestOf('a1')} is 1.4.2, pushed 2026-11-23 20:15 UTC`,
      );
      fixture.ecr.images.push({ digest: digestOf('b2'), pushedAt: new Date('2026-11-24') });
      expect(await fixture.line('image', { image: digestOf('b2') })).toBe(
        `[OK] ${digestOf('b2')} has no tag, pushed 2026-11-24 00:00 UTC`,
      );
    });

    it('is a tag or a digest, and nothing else', async () => {
      expect(await fixture.line('image', { image: 'a/b:1' })).toContain(
        '[FAIL] nightshift release: the image is neither a tag nor a digest, got a/b:1 -> ',
      );
    });
  });

  describe('vulnerabilities', () => {
    it('are not more severe than the environment allows (R2.3)', async () => {
      fixture.ecr.scans = [complete(finding('CRITICAL', 'CVE-1'))];
      expect(await fixture.line('vulnerabilities')).toBe(
        '[FAIL] 1 finding above HIGH (1 CRITICAL), scanned 2024-12-24 01:02 UTC -> see them: npx nightshift scan --image 1.4.2 -c test; update, push under a new tag and release that; the limit is registry.highestSeverity in environments/test.yaml',
      );
      fixture.file = { registry: { highestSeverity: 'CRITICAL' } };
      expect(await fixture.line('vulnerabilities')).toContain('[OK] no finding above CRITICAL (1 CRITICAL)');
    });

    it('are known after the end of the scan', async () => {
      fixture.ecr.scans = [scanIn('IN_PROGRESS')];
      expect(await fixture.line('vulnerabilities')).toBe(
        '[FAIL] the scan is in progress -> wait for it: npx nightshift scan --image 1.4.2 -c test',
      );
      fixture.ecr.scans = [undefined];
      expect(await fixture.line('vulnerabilities')).toBe(
        '[FAIL] ecr-repository-test: image 1.4.2 has not been scanned -> scan it: npx nightshift scan --image 1.4.2 --start -c test',
      );
    });
  });
});
