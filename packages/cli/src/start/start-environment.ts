import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { UpResult } from '@nightshift/local-cloud';
import { bootstrapEnvironment } from '../bootstrap/bootstrap-environment';
import { checklistLine } from '../checklist/checklist-line';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { runForeground } from '../foreground/run-foreground';
import { environmentStates } from '../state-bucket/environment-states';
import { changedStacks } from './changed-stacks';
import { firstAnswer } from './first-answer';
import { firstImage } from './first-image';
import { requireMachine } from './require-machine';
import type { StartContext } from './start-context';
import { startSummary } from './start-summary';

interface StartProps {
  readonly environment: Environment;
  readonly effects: Effects;
  readonly context: StartContext;
}

const AGAIN = 'run npm start again, it goes on from there';

/**
 * From a clone to a deployed environment on the local cloud: what the machine needs, the cloud, the state bucket, the
 * stacks, an image, a task that answers. May be repeated at any time; where all is there already, nothing is changed.
 */
export async function startEnvironment({ environment, effects, context }: StartProps): Promise<void> {
  const { stdout } = effects;
  const started = effects.monotonic();
  refuseAws(environment);

  stdout.write('What this machine needs\n');
  await requireMachine(environment, context, stdout);

  const say = (message: string) => {
    stdout.write(`  ${message}\n`);
  };
  const cloud = await startCloud(effects, say);
  await (
    await effects.localCloud()
  ).useAlone(`npm start of ${environment.name}`, say, () => deploy({ environment, effects, context }, cloud, started));
}

async function deploy({ environment, effects, context }: StartProps, cloud: UpResult, started: number): Promise<void> {
  const { stdout, root } = effects;
  const aws = await context.connect(environment);
  const bucket = await bootstrapEnvironment({ aws, environment, effects });

  const command = everydayCommands(environment).nx('deploy');
  stdout.write(`\n${command}\n`);
  const { exitCode, interrupted } = await runForeground({
    command: [join(root, 'node_modules', '.bin', 'nx'), ...nxArguments(environment)],
    cwd: root,
    env: effects.env,
    effects,
    where: command,
    todo: 'install the dependencies: npm ci',
  });
  if (interrupted) {
    effects.stderr.write(`Interrupted; ${AGAIN}.\n`);
    effects.exitWith(ExitCode.interrupted);
    return;
  }
  if (exitCode !== 0) {
    const todo = `see its messages above; when the cause is mended, ${AGAIN}`;
    throw new UserError({ where: command, what: 'failed', got: `exit code ${String(exitCode)}`, todo });
  }

  stdout.write('\nThe service\n');
  const { ecr } = await context.connectRegistry(environment, effects);
  const image = await firstImage({ environment, ecr, effects });
  const address = image.there ? await firstAnswer({ environment, effects, context }) : undefined;

  const { state, suffix } = environment;
  const request = { Bucket: state.bucket, ExpectedBucketOwner: bucket.account };
  const states = await environmentStates(aws.s3, request, suffix);
  const deployed = await changedStacks(join(root, 'cdktf.out', suffix, 'stacks'), states.keys());
  const changed = cloud.started || bucket.changed || deployed.length > 0 || image.pushed;
  const milliseconds = effects.monotonic() - started;
  stdout.write(`\n${startSummary({ ...environment, states, url: cloud.url, address, milliseconds, changed })}`);
}

function refuseAws(environment: Environment): void {
  if (environment.cloud === 'local') return;
  const { nightshift, nx } = everydayCommands(environment);
  throw new UserError({
    where: 'nightshift start',
    what: 'is for environments on the local cloud',
    got: environment.name,
    todo: `deploy it to AWS: ${nightshift('bootstrap')}, then ${nx('deploy')}`,
  });
}

async function startCloud(
  { stdout, localCloud }: Pick<Effects, 'stdout' | 'localCloud'>,
  onProgress: (message: string) => void,
): Promise<UpResult> {
  const cloud = await (await localCloud()).up({ onProgress });
  const outdated = cloud.outdated ? '; it is older than this checkout: npm run stop, then npm start' : '';
  const detail = `${cloud.started ? 'started' : 'runs'} at ${cloud.url}${outdated}`;
  stdout.write(checklistLine({ mark: 'OK', title: 'local cloud', detail }, stdout.colours));
  return cloud;
}

/** Output as it comes, as the lines say themselves which stack they are about. */
function nxArguments({ name }: Environment): string[] {
  return ['run-many', '-t', 'deploy', '-c', name, '--output-style=stream-without-prefixes'];
}
