import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { connectRegistry, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { serviceAnswer } from '@nightshift/dev-loop';
import {
  type Output,
  type Terminal,
  type Time,
  type ProcessControl,
  checklistLine,
  runForeground,
} from '@nightshift/console';
import { everydayCommands, UserError, ExitCode } from '@nightshift/errors';
import type { UpResult } from '@nightshift/local-cloud';
import { type EnsuredBucket, ensureStateBucket, environmentStates, isChange } from '@nightshift/state-bucket';
import { type Directories, BELOW_START, readLastRun, type TerraformHandoff } from '@nightshift/stack-run';
import type { Command } from 'commander';
import type { Effects } from '../../effects';
import {
  addConfigurationOption,
  chosenEnvironment,
  requireLocalEnvironment,
  STARTED_BY_DEFAULT,
  type ConfigurationOption,
} from '../../verb-options';
import { machineChecks, machineContext, type RequirementsContext } from '@nightshift/requirements';
import { firstAnswer, firstImage, imageState, type ServiceWait } from './first-image';
import { startSummary } from './start-summary';

export function register(command: Command, effects: Effects, contextOf: typeof startContext = startContext): void {
  addConfigurationOption(command)
    .usage('[options]')
    .description(
      'Start the local cloud, deploy an environment to it, and wait until its service responds. `npm start` runs this verb.',
    )
    .addHelpText('after', '\nThe default environment is `local`. -c accepts another environment with `cloud: local`.')
    .action(async ({ configuration = STARTED_BY_DEFAULT }: ConfigurationOption) => {
      const environment = chosenEnvironment('start', { configuration }, effects);
      await startEnvironment({ environment, effects, context: contextOf(effects) });
    });
}

/** The context of a start, in addition to that of the checks of `doctor`. */
export interface StartContext extends RequirementsContext, ServiceWait {
  readonly connectRegistry: typeof connectRegistry;
}

/** The context of this machine. */
export function startContext(effects: ProcessVariables & Directories & LocalClouds & TerraformHandoff): StartContext {
  return { ...machineContext(effects), connectRegistry, serviceAnswer, sleep: setTimeout };
}

interface StartProps {
  readonly environment: Environment;
  readonly effects: Terminal & Time & ProcessVariables & Directories & ProcessControl & LocalClouds;
  readonly context: StartContext;
}

const AGAIN = 'run npm start again to continue';

/**
 * Checks this machine, starts the local cloud, creates the state bucket, pushes an image, deploys the stacks and waits for a
 * healthy task. The image must exist before the service starts. Can be repeated at any time; does not change an environment that is up to
 * date.
 */
async function startEnvironment({ environment, effects, context }: StartProps): Promise<void> {
  const { stdout } = effects;
  const started = effects.monotonic();
  const { nightshift, nx } = everydayCommands(environment);
  const todo = `deploy it to AWS: ${nightshift('bootstrap')}, then ${nx('deploy')}`;
  requireLocalEnvironment('nightshift start', environment, todo);

  stdout.write('Requirements of this machine\n');
  await requireMachine(environment, context, stdout);

  const say = (message: string) => {
    stdout.write(`  ${message}\n`);
  };
  const synthesis = await startSynthesis(environment, effects);
  const cloud = await startCloud(effects, say);
  await synthesis.ended;
  await (
    await effects.localCloud()
  ).useAlone(`npm start of ${environment.name}`, say, () => deploy({ environment, effects, context }, cloud, started));
}

/**
 * Synthesizes with Nx while the local cloud starts, which leaves one core idle: in a fresh clone it takes seconds. Prints nothing: the
 * first deploy finds the result in Nx's cache, or synthesizes again and reports the problems.
 */
async function startSynthesis(
  { name }: Environment,
  { env, root, spawn, localCloud }: StartProps['effects'],
): Promise<{ readonly ended: Promise<unknown> }> {
  if ((await (await localCloud()).status()).running) return { ended: Promise.resolve() };
  const synthesis = spawn(nxIn(root), ['run', 'platform:synth', '-c', name], {
    cwd: root,
    env: { ...env },
    stdio: 'ignore',
  });
  return {
    ended: new Promise((resolve) => {
      synthesis.once('close', resolve).once('error', resolve);
    }),
  };
}

function nxIn(root: string): string {
  return join(root, 'node_modules', '.bin', 'nx');
}

/** The stacks that an image needs, and those that Nx can deploy at the same time. */
const BEFORE_IMAGE = 'deploy -p network,registry';

async function deploy({ environment, effects, context }: StartProps, cloud: UpResult, started: number): Promise<void> {
  const { stdout, root } = effects;
  const aws = await context.connect(environment);
  const bucket = await ensureStateBucket({ aws, environment, check: false, onSetting: () => undefined });
  stdout.write(
    checklistLine({ mark: 'OK', title: 'state bucket', detail: bucketDetail(environment, bucket) }, stdout.colours),
  );

  const { ecr } = await context.connectRegistry(environment, effects);
  const isNew = (await imageState(ecr, environment)) === 'no repository';
  if (isNew) {
    stdout.write('\nDeploy, 1 of 2: network and registry, for the first image\n');
    if (!(await runNx(BEFORE_IMAGE, environment, effects))) return;
  }
  stdout.write('\nImage\n');
  const pushed = await firstImage({ environment, ecr, effects });
  stdout.write(isNew ? '\nDeploy, 2 of 2: all stacks\n' : '\nDeploy\n');
  if (!(await runNx('deploy', environment, effects))) return;

  stdout.write('\nService\n');
  const service = await firstAnswer({ environment, effects, context });

  const { state, suffix } = environment;
  const request = { Bucket: state.bucket, ExpectedBucketOwner: bucket.account };
  const states = await environmentStates(aws.s3, request, suffix);
  const deployed = await changedStacks(join(root, 'cdktf.out', suffix, 'stacks'), states.keys());
  const changed = cloud.started || bucket.changed || isNew || deployed.length > 0 || pushed;
  const milliseconds = effects.monotonic() - started;
  stdout.write(`\n${startSummary({ ...environment, states, url: cloud.url, service, milliseconds, changed })}`);
}

/** `npx nightshift bootstrap` lists the settings. */
function bucketDetail({ state }: Environment, { changed, settings }: EnsuredBucket): string {
  const number = settings.filter(isChange).length;
  return `${state.bucket}: ${changed ? `${String(number)} of ${String(settings.length)} settings changed` : 'up to date'}`;
}

/**
 * Streams the output without prefixes: each line names its stack.
 * @returns false if it was interrupted.
 */
async function runNx(target: string, environment: Environment, effects: StartProps['effects']): Promise<boolean> {
  const { stdout, stderr, env, root } = effects;
  const command = everydayCommands(environment).nx(target);
  stdout.write(`${command}\n`);
  const { exitCode, interrupted } = await runForeground({
    command: [
      nxIn(root),
      'run-many',
      '-t',
      ...target.split(' '),
      '-c',
      environment.name,
      '--output-style=stream-without-prefixes',
    ],
    cwd: root,
    // The checks have shown the notices about this machine.
    env: { ...env, [BELOW_START]: '1' },
    effects,
    where: command,
    todo: 'install the dependencies: npm ci',
  });
  if (interrupted) {
    stderr.write(`Interrupted; ${AGAIN}.\n`);
    effects.exitWith(ExitCode.interrupted);
    return false;
  }
  if (exitCode === 0) return true;
  const todo = `see the errors above, fix the cause, then ${AGAIN}`;
  throw new UserError({ where: command, what: 'failed', got: `exit code ${String(exitCode)}`, todo });
}

async function startCloud(
  { stdout, localCloud }: Pick<Terminal, 'stdout'> & LocalClouds,
  onProgress: (message: string) => void,
): Promise<UpResult> {
  const cloud = await (await localCloud()).up({ onProgress });
  const outdated = cloud.outdated
    ? '; it runs an older version of this checkout; to restart: npm run stop, then npm start'
    : '';
  const detail = `${cloud.started ? 'started' : 'is running'} at ${cloud.url}${outdated}`;
  stdout.write(checklistLine({ mark: 'OK', title: 'local cloud', detail }, stdout.colours));
  return cloud;
}

/**
 * The stacks that the last run changed, by their `run.json`. The state does not show this: Terraform also writes it if AWS has
 * only filled in an attribute.
 * @param directory `cdktf.out/<suffix>/stacks`.
 */
export async function changedStacks(directory: string, stacks: Iterable<string>): Promise<string[]> {
  const changed: string[] = [];
  for (const stack of stacks) {
    // A removed stack may still have a state, but has no run in this checkout.
    const run = await readLastRun(join(directory, stack));
    if (run && run.add + run.change + run.remove > 0) changed.push(stack);
  }
  return changed;
}

/** @throws {UserError} with all failed checks. */
async function requireMachine(
  environment: Pick<Environment, 'cloud'>,
  context: RequirementsContext,
  { write, colours }: Pick<Output, 'write' | 'colours'>,
): Promise<void> {
  const { failedChecks, runChecks } = await import('@nightshift/release');
  const items = await runChecks(machineChecks(environment, context), (item) => {
    write(checklistLine(item, colours));
  });
  const [first, ...others] = failedChecks(items);
  if (first) throw new UserError(first, ...others);
}
