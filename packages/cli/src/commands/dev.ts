import { join } from 'node:path';
import { awsError, connectRegistry } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import {
  devLoop,
  type DevSteps,
  onlyOnce,
  pushImage,
  releaseVersion,
  sendJob,
  serviceAnswer,
  sourceDirectories,
  watchSources,
} from '@nightshift/dev-loop';
import { clockTime, cut, logLineText, type Output } from '@nightshift/console';
import { UserError } from '@nightshift/errors';
import type { TaskLogLine } from '@nightshift/release';
import type { Command } from 'commander';
import {
  addConfigurationOption,
  chosenEnvironment,
  requireLocalEnvironment,
  STARTED_BY_DEFAULT,
  type ConfigurationOption,
} from '../verb-options';
import type { Effects } from '../effects';
import { printError } from '@nightshift/stack-run';
import { taskLogText } from './logs';
import { type Releases, releaseWorld, type ReleaseWorld } from './release/on-releases';
import { localUrl } from './url';

/** The effects of the loop in addition to those of a verb. */
export interface DevWorld extends ReleaseWorld {
  readonly connectRegistry: typeof connectRegistry;
  readonly watchSources: typeof watchSources;
  readonly fetch: typeof fetch;
}

const devWorld: DevWorld = { ...releaseWorld, connectRegistry, watchSources, fetch };

export function register(command: Command, effects: Effects, world: DevWorld = devWorld): void {
  addConfigurationOption(command)
    .usage('[options]')
    .description(
      'Release each change of apps/batch-processor to the local cloud: build, push, release, send the sample job, and follow the logs. Requires a deployed environment (npm start). A failure is shown, and the next change is tried. Ctrl-C ends; a release whose version does not have all traffic yet is rolled back.',
    )
    .addHelpText('after', '\nThe default environment is `local`. -c accepts another environment with `cloud: local`.')
    .action(async ({ configuration = STARTED_BY_DEFAULT }: ConfigurationOption) => {
      const environment = chosenEnvironment('dev', { configuration }, effects);
      requireLocalEnvironment('nightshift dev', environment, 'leave -c out, or name an environment with cloud: local');
      await requireLocalCloud(effects);
      const url = await localUrl(environment, effects);
      const cloud = await effects.localCloud();
      await onlyOnce(effects.root, environment.suffix, () =>
        cloud.use(`dev of ${environment.suffix}`, () => runLoop({ environment, url, effects, world })),
      );
    });
}

interface LoopProps {
  readonly environment: Environment;
  /** The address of the service. */
  readonly url: string;
  readonly effects: Effects;
  readonly world: DevWorld;
}

async function runLoop(props: LoopProps): Promise<void> {
  const { url, effects, world } = props;
  const { stdout, monotonic, root } = effects;
  const stop = new AbortController();
  const leave = new AbortController();
  const dispose = effects.onSignal(() => {
    if (stop.signal.aborted) leave.abort();
    stop.abort();
  });
  const logs = new TaskLogs(stdout);
  const print = (text: string) => {
    logs.writeRepetitions();
    stdout.write(`${stdout.colours.bold('dev')}  ${text}\n`);
  };
  const watcher = await world.watchSources({ directories: await sourceDirectories(root), monotonic });
  try {
    print(`watching apps/batch-processor; the service is at ${url}`);
    const steps = await stepsOf(props, print, logs, { stop: stop.signal, leave: leave.signal });
    await devLoop({
      watcher,
      steps,
      print,
      printError: (error) => void printError(awsError(error, 'nightshift dev'), effects),
      monotonic,
      stop: stop.signal,
    });
    print('ended');
  } finally {
    dispose();
    await watcher.close();
  }
}

interface Signals {
  /** The first Ctrl-C. */
  readonly stop: AbortSignal;
  /** The second one. */
  readonly leave: AbortSignal;
}

async function stepsOf(
  { environment, url, effects, world }: LoopProps,
  print: (text: string) => void,
  logs: TaskLogs,
  signals: Signals,
): Promise<DevSteps> {
  const { now, root } = effects;
  const { engine } = world;
  const context: Releases['context'] = await world.contextFor(environment, effects);
  const { ecr } = await world.connectRegistry(environment, effects);
  return {
    push: async () => (await pushImage({ environment, behaves: 'healthy', ecr, effects, where: 'nightshift dev' })).tag,
    runningVersion: async () =>
      (await serviceAnswer(url + environment.loadBalancer.healthCheck.path, world.fetch))?.version,
    release: async (tag, onTraffic) => {
      await releaseVersion({ engine, context, tag, print, onTraffic, ...signals });
    },
    sendJob: () => sendJob({ url, job: join(root, 'apps/batch-processor/sample-job.json'), send: world.fetch }),
    followLogs: async () => {
      for await (const line of engine.taskLogs(context, { since: now(), follow: signals.stop })) {
        logs.write(line);
      }
    },
  };
}

/** The maximum width of a repeated line, which has been printed in full before. */
const REPEATED_WIDTH = 72;

interface RepeatedLine {
  readonly tasks: Set<string>;
  /** The time of a repetition that is not printed yet. */
  due?: Date | undefined;
}

/** A version that crashes writes the same line in each of its tasks: it is printed once, and then the number of tasks that wrote it. */
class TaskLogs {
  private readonly lines = new Map<string, RepeatedLine>();

  constructor(private readonly stdout: Output) {}

  write(line: TaskLogLine): void {
    const text = logLineText(line.text);
    const known: RepeatedLine = this.lines.get(text) ?? { tasks: new Set() };
    const isRepetition = known.tasks.size > 0 && !known.tasks.has(line.task);
    known.tasks.add(line.task);
    this.lines.set(text, known);
    if (isRepetition) known.due = line.time;
    else this.stdout.write(taskLogText(line, this.stdout));
  }

  writeRepetitions(): void {
    for (const [text, line] of this.lines) {
      const { due, tasks } = line;
      line.due = undefined;
      const said = `${String(tasks.size)} × ${cut(text, REPEATED_WIDTH)}`;
      if (due) this.stdout.write(`${this.stdout.colours.dim(clockTime(due))} ${said}\n`);
    }
  }
}

async function requireLocalCloud({ localCloud }: Pick<Effects, 'localCloud'>): Promise<void> {
  if ((await (await localCloud()).status()).running) return;
  throw new UserError({
    where: 'nightshift dev',
    what: 'the local cloud is not running',
    todo: 'start it and deploy: npm start',
  });
}
