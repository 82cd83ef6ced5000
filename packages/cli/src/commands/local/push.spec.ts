import { forEachTest } from '@nightshift/stack-run/testing';
import { sdkError } from '@nightshift/testing/aws';
import { PushRun } from './push-run.fixture';

describe('nightshift local push', () => {
  const run = forEachTest(() => new PushRun());

  it('pushes an image to the repository of the environment, and prints the next steps', async () => {
    const { stdout, failure } = await run.push('4f1c2e9 -c local');
    expect(failure).toBeUndefined();
    expect(stdout.replace(/[0-9a-f]{64}/, '<digest>')).toBe(
      `Pushed 4f1c2e9 to ecr-repository-local
  digest    sha256:<digest>
  behaves   healthy: processes jobs

Next steps
  npx nx run compute:release -c local --image 4f1c2e9   release this version and watch it
`,
    );
    expect(run.pushed).toMatchObject([{ repositoryName: 'ecr-repository-local', imageTag: '4f1c2e9' }]);
    expect(JSON.parse(String(run.pushed[0]?.imageManifest))).toMatchObject({
      annotations: { 'nightshift.local/behaves': 'healthy', 'nightshift.local/version': '4f1c2e9' },
    });
  });

  it.each(['unhealthy', 'crashes', 'out-of-memory', 'slow-start', 'errors'])(
    'pushes an image that is %s',
    async (how) => {
      expect((await run.push(`bad --behaves ${how} -c local`)).stdout).toContain(`  behaves   ${how}: `);
      expect(run.pushed[0]?.imageManifest).toContain(`"nightshift.local/behaves":"${how}"`);
    },
  );

  it('with --json prints one object', async () => {
    expect(JSON.parse((await run.push('4f1c2e9 --behaves errors --json -c local')).stdout)).toEqual({
      type: 'result',
      verb: 'local push',
      environment: 'local',
      suffix: 'local',
      status: 'succeeded',
      problems: [],
      repository: 'ecr-repository-local',
      tag: '4f1c2e9',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      behaves: 'errors',
      pushed: true,
      exitCode: 0,
    });
  });

  it('succeeds if the same image exists', async () => {
    run.refusal = sdkError('ImageAlreadyExistsException');
    expect((await run.push('4f1c2e9 -c local')).stdout).toMatch(
      /^ecr-repository-local already has this image as 4f1c2e9\n/,
    );
  });

  it('refuses an environment in AWS', async () => {
    expect((await run.push('4f1c2e9 -c dev')).failure).toBe(
      'nightshift local push: is for environments on the local cloud, got dev - ' +
        'build the image with Docker and push it to ECR: see apps/batch-processor/README.md',
    );
  });

  it.each(['.hidden', '-', 'a/b', 'x'.repeat(129)])('refuses %s, which is not a tag', async (tag) => {
    expect((await run.push(`-c local -- ${tag}`)).failure).toBe(
      `nightshift local push: invalid tag, got ${tag} - ` +
        'use up to 128 letters, digits and _ . -; start with a letter, a digit or _',
    );
  });

  it('refuses an unknown behaviour', async () => {
    expect((await run.push('4f1c2e9 --behaves badly -c local')).failure).toBe(
      "error: option '--behaves <behaviour>' argument 'badly' is invalid. " +
        'Allowed choices are healthy, unhealthy, crashes, out-of-memory, slow-start, errors.',
    );
  });
});
