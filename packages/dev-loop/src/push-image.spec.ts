import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { FakeTerminal } from '@nightshift/console/testing';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { LocalCloud } from '@nightshift/local-cloud';
import { fakeClient, sdkError } from '@nightshift/testing/aws';
import { environmentFixture } from '@nightshift/testing/environment';
import { pushImage } from './push-image';

const directory = temporaryDirectory();

/** Pushes to a registry that is played, after a bundler that is. */
function push({
  file = {},
  refusal,
  script = `require('node:fs').writeFileSync(process.argv.at(-1).replace('--outfile=', ''), '// the workload')`,
  tag = '4f1c2e9',
}: { file?: object; refusal?: Error; script?: string; tag?: string | undefined } = {}) {
  const root = directory();
  mkdirSync(join(root, 'apps', 'batch-processor'), { recursive: true });
  const ran: { command: string; cwd: unknown }[] = [];
  const pushed: { imageTag: string; imageManifest: string }[] = [];
  const put = (input: object) => {
    pushed.push(input as (typeof pushed)[number]);
    return {};
  };
  const effects = Object.assign(new FakeTerminal(), {
    root,
    env: {},
    envFiles: {},
    localCloud: () => Promise.resolve(new LocalCloud({ root, env: {} })),
    spawn: (program: string, args: readonly string[], { cwd }: { readonly cwd?: unknown }) => {
      ran.push({ command: [program, ...args].join(' '), cwd });
      return spawn(process.execPath, ['-e', script, '--', ...args]);
    },
  });
  const image = pushImage({
    environment: environmentFixture({ name: 'local', file: { cloud: 'local', ...file } }),
    ...(tag !== '' && { tag }),
    behaves: 'healthy',
    ecr: fakeClient({ PutImage: put }, () => refusal) as ECRClient,
    effects: effects as never,
    where: 'nightshift local push',
  });
  return { image, root, ran, pushed };
}

describe('pushImage', () => {
  it.each([
    ['X86_64', 'amd64'],
    ['ARM64', 'arm64'],
  ])('stores the workload for %s in the directory of the local cloud', async (wanted, architecture) => {
    const { image, root, pushed } = push({ file: { task: { architecture: wanted } } });
    await image;
    const { config, layers } = JSON.parse(String(pushed[0]?.imageManifest)) as {
      config: { digest: string };
      layers: [{ digest: string }];
    };
    const kept = ({ digest }: { digest: string }, type: string) =>
      readFileSync(join(root, '.nightshift', 'local', 'bundles', `${digest.replace('sha256:', '')}.${type}`), 'utf8');
    expect(kept(layers[0], 'js')).toBe('// the workload');
    expect(JSON.parse(kept(config, 'json'))).toMatchObject({ os: 'linux', architecture });
  });

  it('bundles the batch processor of this checkout, and leaves no files', async () => {
    const { image, root, ran } = push();
    await image;
    expect(ran[0]?.cwd).toBe(join(root, 'apps', 'batch-processor'));
    const [, file] = /^npm run --silent bundle -- --outfile=(.*)$/.exec(String(ran[0]?.command)) ?? [];
    expect(existsSync(dirname(String(file)))).toBe(false);
  });

  it('uses the same tag for the same bundle', async () => {
    const [one, other] = await Promise.all([push({ tag: '' }).image, push({ tag: '' }).image]);
    expect(one.tag).toMatch(/^dev-[0-9a-f]{10}$/);
    expect(other.tag).toBe(one.tag);
  });

  it('accepts that the same image is there', async () => {
    expect(await push({ refusal: sdkError('ImageAlreadyExistsException') }).image).toMatchObject({ pushed: false });
  });

  it.each([
    [
      'ImageTagAlreadyExistsException',
      'nightshift local push: the tag belongs to another image, and tags are immutable, got 4f1c2e9 - use another tag',
    ],
    [
      'RepositoryNotFoundException',
      'nightshift local push: repository not found, got ecr-repository-local - deploy it: npx nx run registry:deploy -c local',
    ],
    [
      'LimitExceededException',
      'nightshift local push: AWS refused the call, got LimitExceededException: LimitExceededException - fix the cause, then run the same command again; finished changes are kept',
    ],
  ])('prints the fix for %s', async (name, message) => {
    await expect(push({ refusal: sdkError(name) }).image).rejects.toThrow(message);
  });

  it('reports that the workload cannot be bundled', async () => {
    const { image, pushed } = push({ script: 'process.exit(3)' });
    await expect(image).rejects.toThrow(
      'nightshift local push: cannot bundle the batch processor (npm run bundle), got exit code 3 - ' +
        'fix the errors above, then build again',
    );
    expect(pushed).toEqual([]);
  });
});
