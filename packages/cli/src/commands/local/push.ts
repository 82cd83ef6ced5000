import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ECRClient } from '@aws-sdk/client-ecr';
import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError, ExitCode } from '@nightshift/errors';
import type { ImageBehaviour } from '@nightshift/local-cloud';
import { namesFor } from '@nightshift/naming';
import { type Command, Option } from 'commander';
import type { Directories } from '@nightshift/stack-run';
import type { Immutable } from '@nightshift/console/json';
import { z } from 'zod';
import { environmentResult, resultOf } from '../../json-result';
import { awsError, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import {
  addConfigurationOption,
  chosenEnvironment,
  requireLocalEnvironment,
  type ConfigurationOption,
} from '../../verb-options';
import { connectRegistry } from '../scan';
import { runForeground, type Terminal, type ProcessControl } from '@nightshift/console';

interface PushOptions extends ConfigurationOption {
  readonly behaves: ImageBehaviour;
  readonly json?: boolean;
}

/** `local push`: pushes an image of the batch processor with a chosen behaviour. @param connect connects to the registry. */
export const pushOutput = environmentResult('local push', {
  repository: z.string(),
  tag: z.string(),
  digest: z.string(),
  behaves: z
    .enum(['healthy', 'unhealthy', 'crashes', 'out-of-memory', 'slow-start', 'errors'])
    .describe('Behaviour of the image at run time.'),
  pushed: z.boolean().describe('False if the same image was there under this tag.'),
});

type PushedImage = Pick<Immutable<z.output<typeof pushOutput>>, 'repository' | 'tag' | 'digest' | 'behaves' | 'pushed'>;

export function registerPush(
  command: Command,
  effects: Terminal & ProcessVariables & Directories & ProcessControl & LocalClouds,
  connect = connectRegistry,
): void {
  const behaviours = Object.entries(imageBehaviours).map(([name, what]) => `  ${name.padEnd(13)} ${what}`);
  addConfigurationOption(command.command('push'))
    .description('Build the batch processor of this checkout and push its image to the repository of an environment.')
    .usage('<tag> -c <environment> [options]')
    .argument('<tag>', 'tag of the image, not yet in use, such as 4f1c2e9')
    .addOption(
      new Option('--behaves <behaviour>', 'behaviour of the image at run time')
        .choices(Object.keys(imageBehaviours))
        .default('healthy'),
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', ['', 'Behaviours:', ...behaviours].join('\n'))
    .action(async (tag: string, { behaves, json, ...options }: PushOptions) => {
      const environment = chosenEnvironment('local push', options, effects);
      const { ecr } = await connect(environment, effects);
      const image = await pushImage({ environment, tag, behaves, ecr, effects });
      const result = resultOf({ verb: 'local push', environment });
      if (json) effects.stdout.json(pushOutput, { ...result, ...image, exitCode: ExitCode.done });
      else effects.stdout.write(pushReport(environment, image));
    });
}

interface PushProps {
  readonly environment: Environment;
  /** Of the image, or a function of its bundle. */
  readonly tag: string | ((bundle: Uint8Array) => string);
  readonly behaves: ImageBehaviour;
  readonly ecr: ECRClient;
  readonly effects: Terminal & ProcessVariables & Directories & ProcessControl & LocalClouds;
  /** The command in messages. @default - nightshift local push */
  readonly where?: string;
}

const WHERE = 'nightshift local push';

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
const TAG = /^\w[\w.-]{0,127}$/;

/**
 * Builds the batch processor of this checkout and puts it into the repository of an environment on the local cloud, as an image
 * with a chosen behaviour.
 * @throws {UserError} when the environment is on AWS, has no repository, or has another image under the tag.
 */
export async function pushImage(props: PushProps): Promise<PushedImage> {
  const { environment, behaves, ecr, effects, where = WHERE } = props;
  const todo = 'build the image with Docker and push it to ECR: see apps/batch-processor/README.md';
  requireLocalEnvironment(where, environment, todo);
  if (typeof props.tag === 'string') refuseTag(props.tag);
  const repository = namesFor(environment.suffix).of('ecr-repository');
  const bundle = await bundleWorkload(where, effects);
  const tag = typeof props.tag === 'string' ? props.tag : props.tag(bundle);
  const architecture = environment.task.architecture === 'ARM64' ? 'arm64' : 'amd64';
  const { manifest, digest } = await (await effects.localCloud()).makeImage({ tag, behaves, architecture, bundle });
  const pushed = await put({ environment, tag, ecr, repository, manifest, where });
  return { repository, tag, digest, behaves, pushed };
}

interface PutProps extends Pick<PushProps, 'environment' | 'ecr'> {
  readonly tag: string;
  readonly repository: string;
  readonly manifest: string;
  readonly where: string;
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
      const todo = 'use another tag';
      throw new UserError({
        where,
        what: 'the tag belongs to another image, and tags are immutable',
        got: tag,
        todo,
      });
    }
    if (name === 'RepositoryNotFoundException') {
      const todo = `deploy it: ${everydayCommands(environment).nxRun('registry', 'deploy')}`;
      throw new UserError({ where, what: 'repository not found', got: repository, todo });
    }
    throw awsError(error, where);
  }
}

function refuseTag(tag: string): void {
  if (TAG.test(tag)) return;
  throw new UserError({
    where: WHERE,
    what: 'invalid tag',
    got: tag,
    todo: 'use up to 128 letters, digits and _ . -; start with a letter, a digit or _',
  });
}

const COMMAND = 'npm run bundle';

/**
 * The batch processor of this checkout in one file, as its image has it.
 * @throws {UserError} when it cannot be bundled; why is on standard error.
 */
async function bundleWorkload(
  where: string,
  effects: Terminal & ProcessVariables & Directories & ProcessControl,
): Promise<Uint8Array> {
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
      what: `cannot bundle the batch processor (${COMMAND})`,
      got: `exit code ${String(exitCode)}`,
      todo: 'fix the errors above, then build again',
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The behaviours of an image in the local cloud, for help and reports. */
const imageBehaviours: Readonly<Record<ImageBehaviour, string>> = {
  healthy: 'processes jobs',
  unhealthy: 'runs, but fails its health checks',
  crashes: 'exits with code 1 a few seconds after its start',
  'out-of-memory': 'is killed because it uses more memory than its limit',
  'slow-start': 'processes jobs, but only 50 s (of AWS time) after its start',
  errors: 'passes its health checks, but responds with 500 to all other requests',
};

/** The pushed image and the next step. */
function pushReport(
  environment: Pick<Environment, 'name' | 'suffix'>,
  { repository, tag, digest, behaves, pushed }: PushedImage,
): string {
  const { nxRun } = everydayCommands(environment);
  return [
    pushed ? `Pushed ${tag} to ${repository}` : `${repository} already has this image as ${tag}`,
    `  digest    ${digest}`,
    `  behaves   ${behaves}: ${imageBehaviours[behaves]}`,
    '',
    'Next steps',
    `  ${nxRun('compute', 'release')} --image ${tag}   release this version and watch it`,
    '',
  ].join('\n');
}
