import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { awsError, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { type ProcessControl, runForeground, type Terminal } from '@nightshift/console';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { ImageBehaviour } from '@nightshift/local-cloud';
import { namesFor } from '@nightshift/naming';

export interface PushedImage {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly behaves: ImageBehaviour;
  /** False if the same image was there under this tag. */
  readonly pushed: boolean;
}

interface PushProps {
  readonly environment: Environment;
  /** @default - derived from the bundle: the same source has the same tag, so that a change of a comment releases nothing */
  readonly tag?: string;
  readonly behaves: ImageBehaviour;
  readonly ecr: ECRClient;
  readonly effects: BundleEffects & LocalClouds;
  /** The command in messages. */
  readonly where: string;
}

type BundleEffects = Pick<Terminal, 'stdout' | 'stderr'> &
  Pick<ProcessControl, 'onSignal' | 'spawn'> &
  Pick<ProcessVariables, 'env'> & { readonly root: string };

/**
 * Builds the batch processor of this checkout and puts it into the repository of an environment on the local cloud, as an image
 * with a chosen behaviour.
 * @throws {UserError} when the environment has no repository, or has another image under the tag.
 */
export async function pushImage({
  environment,
  behaves,
  ecr,
  effects,
  where,
  ...wanted
}: PushProps): Promise<PushedImage> {
  const repository = namesFor(environment.suffix).of('ecr-repository');
  const bundle = await bundleWorkload(where, effects);
  const tag = wanted.tag ?? `dev-${createHash('sha256').update(bundle).digest('hex').slice(0, DIGITS)}`;
  const architecture = environment.task.architecture === 'ARM64' ? 'arm64' : 'amd64';
  const { manifest, digest } = await (await effects.localCloud()).makeImage({ tag, behaves, architecture, bundle });
  const pushed = await put({ environment, tag, ecr, repository, manifest, where });
  return { repository, tag, digest, behaves, pushed };
}

const DIGITS = 10;

interface PutProps extends Pick<PushProps, 'environment' | 'ecr' | 'where'> {
  readonly tag: string;
  readonly repository: string;
  readonly manifest: string;
}

async function put({ environment, tag, ecr, repository, manifest, where }: PutProps): Promise<boolean> {
  // Loaded here and not before: it takes a fifth of a second.
  const { PutImageCommand } = await import('@aws-sdk/client-ecr');
  try {
    await ecr.send(new PutImageCommand({ repositoryName: repository, imageTag: tag, imageManifest: manifest }));
    return true;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'ImageAlreadyExistsException') return false;
    if (name === 'ImageTagAlreadyExistsException') {
      const what = 'the tag belongs to another image, and tags are immutable';
      throw new UserError({ where, what, got: tag, todo: 'use another tag' });
    }
    if (name === 'RepositoryNotFoundException') {
      const todo = `deploy it: ${everydayCommands(environment).nxRun('registry', 'deploy')}`;
      throw new UserError({ where, what: 'repository not found', got: repository, todo });
    }
    throw awsError(error, where);
  }
}

/**
 * The batch processor of this checkout in one file, as its image has it.
 * @throws {UserError} when it cannot be bundled; why is on standard error.
 */
async function bundleWorkload(where: string, effects: BundleEffects): Promise<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), 'nightshift-bundle-'));
  const file = join(directory, 'main.js');
  try {
    const { exitCode } = await runForeground({
      command: ['npm', 'run', '--silent', 'bundle', '--', `--outfile=${file}`],
      cwd: join(effects.root, 'apps', 'batch-processor'),
      env: effects.env,
      effects,
      where,
      todo: 'install Node.js with npm',
    });
    if (exitCode === 0) return await readFile(file);
    throw new UserError({
      where,
      what: 'cannot bundle the batch processor (npm run bundle)',
      got: `exit code ${String(exitCode)}`,
      todo: 'fix the errors above, then build again',
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}
