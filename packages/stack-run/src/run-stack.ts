import { cloudEnvironment, foreignEndpoint, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import { type Colours, duration, type Terminal, type Time, warnOn, type ProcessControl } from '@nightshift/console';
import { ExitCode, InterruptedError } from '@nightshift/errors';
import type { Immutable } from '@nightshift/console/json';
import type { z } from 'zod';
import { keepRecord } from '@nightshift/files';
import type { TerraformBinary, TerraformEvent } from '@nightshift/terraform';
import { type ChosenStack, discardLostState } from './chosen-stack';
import type { Identifiers, StackTraces, StateStorage, TerraformRunner, TerraformRuns } from './effects';
import type { ShownStack } from './event-line';
import { isFirstNotice, BELOW_START } from './print-error';
import type { ReleaseNeeds } from './pending-release';
import { progressFor } from './progress';
import { problemsOf, reportFailure, Tally, writeRunFile } from './run-file';
import type { Counts, LastApply, RunFile, RunStatus } from './run-file';
import { stackResult } from './stack-line';
import { listenForStop, type StopSignals } from './stop-signals';

/** The effects of every run on a stack. */
export type RunEffects = Terminal &
  Time &
  ProcessVariables &
  ProcessControl &
  Identifiers &
  StackTraces &
  StateStorage &
  LocalClouds &
  TerraformRunner;

export interface StackRun<Fields extends z.ZodObject> {
  readonly verb: string;
  /** Additional fields of the JSON result. */
  readonly fields: Fields;
  readonly stack: ShownStack & Pick<ChosenStack, 'environment' | 'absoluteDirectory'>;
  /** One JSON object a line instead of text. */
  readonly json: boolean;
  readonly effects: RunEffects;
  /**
   * The requirements of the work. `state`: no provider, for a quick start, and no `run.json`.
   * @default - everything
   */
  readonly needs?: 'everything' | 'state';
  /** The file that records the run, beside the configuration of the stack. @default - run.json, or none where it needs only the state */
  readonly record?: 'run.json' | 'prepare.json' | 'drift.json' | 'none';
  /** Whether the Terraform commands of a run share one provider process. @default - true */
  readonly providerHost?: boolean | undefined;
  /** @default - only the progress view gets the events */
  readonly onEvent?: (event: TerraformEvent) => void;
  /** The outcome without work to do. Called before Terraform starts. @default - there is always work */
  readonly skip?: ((context: SkipContext) => Promise<Outcome<Fields> | undefined>) | undefined;
  /** The text of the state, where `skip` has read it. @default - Terraform reads the state */
  readonly storedState?: (() => string | undefined) | undefined;
  /** The work itself, once Terraform is ready. */
  readonly act: (terraform: TerraformRuns, context: RunContext) => Promise<Outcome<Fields>>;
}

/** The end of a run: an outcome, or a failure. */
interface Ended<Fields extends z.ZodObject> {
  readonly status: RunStatus;
  readonly outcome?: Outcome<Fields>;
  readonly failure?: unknown;
  /** Restores the default handling of signals, after everything is recorded. */
  readonly release: () => void;
}

/**
 * Runs Terraform on a stack, and reports progress, result, `run.json` and exit code. It does not reject when the run fails.
 */
export async function runStack<Fields extends z.ZodObject>(run: StackRun<Fields>): Promise<void> {
  const { verb, fields, stack, json, effects, needs = 'everything' } = run;
  const startedAt = effects.now().toISOString();
  const began = effects.monotonic();
  const tally = new Tally();
  const ended = await withLocalCloudInUse(run, () => carryOut(run, tally));
  const milliseconds = effects.monotonic() - began;
  const endpoint = await foreignEndpoint(stack.environment, effects);
  const file = recordOf(run, ended, { startedAt, milliseconds, tally, endpoint });
  const { outcome, failure } = ended;
  const exitCode = outcome
    ? (outcome.exitCode ?? ExitCode.done)
    : reportFailure(failure, file, tally.unfinished, effects);
  if (json) {
    const schema: z.ZodType = stackResult(verb, fields);
    effects.stdout.json(schema, { type: 'result', ...file, ...outcome?.result, exitCode });
  } else if (outcome) {
    const { write, colours } = effects.stdout;
    const [first, ...others] = outcome.lines(duration(milliseconds), colours);
    const at = endpoint === undefined ? [] : [`  AWS endpoint: ${endpoint}`];
    const lines = first === undefined ? [] : [`${colours.bold(stack.name)}: ${first}`, ...others, ...at];
    write(lines.map((line) => `${line}\n`).join(''));
  }
  effects.exitWith(exitCode);
  // After the result, which is printed even if recording fails.
  const { record = needs === 'everything' ? 'run.json' : 'none' } = run;
  if (record !== 'none') await keepRecord(record, () => writeRunFile(stack, record, file), warnOn(effects.stderr));
  ended.release();
}

/** Keeps the local cloud from being stopped during the run. */
async function withLocalCloudInUse<T>(
  { verb, stack, effects }: Pick<StackRun<z.ZodObject>, 'verb' | 'stack' | 'effects'>,
  action: () => Promise<T>,
): Promise<T> {
  const { cloud, suffix } = stack.environment;
  if (cloud !== 'local') return await action();
  return await (await effects.localCloud()).use(`${verb} of ${stack.name} in ${suffix}`, action);
}

async function carryOut<Fields extends z.ZodObject>(run: StackRun<Fields>, tally: Tally): Promise<Ended<Fields>> {
  const { stack, json, effects, needs = 'everything', providerHost = true } = run;
  const progress = progressFor(stack, effects, json);
  const { note, hide: hideProgress } = progress;
  let signals: StopSignals | undefined;
  const release = () => signals?.dispose();
  try {
    const env = await cloudEnvironment(stack.environment, effects);
    const installation = await effects.installation(env, note);
    const runId = effects.env['NIGHTSHIFT_RUN_ID'];
    const noteOnce = (text: string) => {
      if (isFirstNotice(text, runId)) note(text);
    };
    if (!effects.env[BELOW_START]) installation.notices.forEach(noteOnce);
    const hosted = providerHost && effects.env['NIGHTSHIFT_PROVIDER_HOST'] !== '0';
    const discarded = await discardLostState(stack, effects);
    if (discarded !== undefined) note(discarded);
    // From here on, signals go to Terraform. Before, nothing can be lost.
    const { interrupt, kill } = (signals = listenForStop({ stack: stack.name, effects, note }));
    const terraformIn = (directory: string, state?: StackRun<Fields>['storedState']) =>
      effects.terraform({
        binary: installation.binary,
        env: installation.env,
        directory,
        configuration: stack.environment.name,
        providerHost: hosted ? { note: noteOnce } : undefined,
        readObject: async (bucket, key) =>
          state?.() ?? (await (await effects.stateObjects(stack.environment)).read(bucket, key))?.text,
        interrupt,
        kill,
        onEvent: (event) => {
          tally.read(event, interrupt.aborted);
          progress.event(event);
          run.onEvent?.(event);
        },
      });
    const skipped = await run.skip?.({ binary: installation.binary, interrupt, note });
    if (skipped) return { status: statusOf(skipped), outcome: skipped, release };
    const terraform = await terraformIn(stack.absoluteDirectory, run.storedState);
    if (needs === 'everything') await terraform.init();
    const outcome = await run.act(terraform, { terraformIn, interrupt, note, hideProgress });
    return { status: statusOf(outcome), outcome, release };
  } catch (failure) {
    const wasInterrupted = failure instanceof InterruptedError || signals?.interrupt.aborted;
    return { status: wasInterrupted ? 'interrupted' : 'failed', failure, release };
  } finally {
    progress.end();
  }
}

function statusOf({ problems }: Pick<Outcome<z.ZodObject>, 'problems'>): RunStatus {
  return problems === undefined ? 'succeeded' : 'failed';
}

interface Measured {
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly tally: Tally;
  readonly endpoint: string | undefined;
}

function recordOf<Fields extends z.ZodObject>(
  { verb, stack, effects }: StackRun<Fields>,
  ended: Ended<Fields>,
  measured: Measured,
): RunFile {
  const { outcome, status, failure } = ended;
  const { counts, unfinished } = measured.tally;
  const { add, change, remove, replace } = outcome?.counts ?? counts;
  return {
    runId: effects.env['NIGHTSHIFT_RUN_ID'] ?? effects.newId(),
    verb,
    stack: stack.name,
    environment: stack.environment.name,
    suffix: stack.environment.suffix,
    status,
    add,
    change,
    remove,
    replace,
    seconds: Math.round(measured.milliseconds / 100) / 10,
    startedAt: measured.startedAt,
    problems: outcome
      ? (outcome.problems ?? [])
      : [...problemsOf(failure), ...(unfinished === undefined ? [] : [unfinished])],
    ...(measured.endpoint !== undefined && { endpoint: measured.endpoint }),
    ...(outcome?.upToDate && { upToDate: outcome.upToDate }),
    ...(outcome?.outputs && { outputs: outcome.outputs }),
    ...(outcome?.release && { release: outcome.release }),
    ...(outcome?.drift !== undefined && { drift: outcome.drift }),
  };
}

/** Options of every verb that runs Terraform on a stack. */
export interface JsonOption {
  /** Print one JSON object per line. */
  readonly json?: boolean;
}

export interface ProviderHostOption {
  readonly providerHost?: boolean;
}

/** The context of the work, in addition to the stack's Terraform. */
export interface RunContext {
  /** Terraform in another directory that holds a `cdk.tf.json`: shown, interrupted and counted as part of this run. */
  readonly terraformIn: (directory: string) => Promise<TerraformRuns>;
  /** Fires on the first Ctrl-C. */
  readonly interrupt: AbortSignal;
  /** Prints a line during the run. */
  readonly note: (text: string) => void;
  /** Hides the progress while a question is asked, until the returned function is called. */
  readonly hideProgress: () => () => void;
}

export interface SkipContext extends Pick<RunContext, 'note' | 'interrupt'> {
  readonly binary: TerraformBinary;
}

/** The outcome of a successful run. */
export interface Outcome<Fields extends z.ZodObject> {
  /** @default - no changes */
  readonly counts?: Counts;
  /** For people; the first line follows the name of the stack. None if there is nothing to report. */
  readonly lines: (elapsed: string, colours: Colours) => readonly string[];
  /** The stack's published values, if the run has read them. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** The last apply, if Terraform was not started. @default - it was */
  readonly upToDate?: LastApply;
  /** @default - no release is needed */
  readonly release?: ReleaseNeeds;
  /** What `drift` found. @default - another verb */
  readonly drift?: string;
  /** Fields of the JSON result beside those of the run's record. */
  readonly result?: Immutable<z.output<Fields>>;
  /** Why the run failed in spite of its work, one sentence per problem. @default - it succeeded */
  readonly problems?: readonly string[];
  /** @default - 0 */
  readonly exitCode?: ExitCode;
}
