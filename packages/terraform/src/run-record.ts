import type { EverydayCommands } from '@nightshift/errors';
import type { ProcessResult } from './run-process';
import type { SynthesizedStack } from './synthesized-stack';
import {
  diagnosticsInText,
  explainFailure,
  type Failure,
  TerraformError,
  TerraformInterrupted,
} from './terraform-error';
import {
  type DiagnosticEvent,
  type OutputMessage,
  parseMessage,
  type SummaryEvent,
  type TerraformEvent,
  type TerraformPhase,
} from './terraform-event';
import { plainText } from './terraform-output';

/** The result of a run. */
export interface Summary {
  /** Resources, planned or done; a replaced one counts in `add` and in `remove`. */
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  /** The number of replaced resources. */
  readonly replace: number;
  /** Whether there are changes, including outputs. */
  readonly hasChanges: boolean;
  /** Names of outputs that the plan changes. */
  readonly changedOutputs: readonly string[];
  /** Values of the stack's outputs that are not sensitive; empty after a plan. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Whether the user interrupted Terraform once (graceful stop) or twice (immediate stop). */
interface Stops {
  readonly interrupted: boolean;
  readonly killed: boolean;
}

interface RunRecordProps {
  /** For messages, such as `terraform plan`. */
  readonly command: string;
  readonly phase: TerraformPhase;
  readonly stack: SynthesizedStack;
  readonly commands: EverydayCommands;
  /** The AWS profile of its credentials. @default - no profile */
  readonly profile?: string | undefined;
  readonly onEvent: (event: TerraformEvent) => void;
}

/** The last lines of text explain a failure without a diagnostic. */
const KEPT_TEXT_LINES = 100;

/** Characters of an invalid JSON line in a message. */
const SHOWN_CHARACTERS = 80;

/** Terraform's summary for every action that an interrupted run did not start. */
const HALTED = 'execution halted';

/** Terraform's warnings about `-target`, which are for manual use. */
const TARGETED: readonly string[] = ['Resource targeting is in effect', 'Applied changes may be incomplete'];

/** Reads the output of one Terraform run line by line, and returns the result at its end. */
export class RunRecord {
  private readonly diagnostics: DiagnosticEvent[] = [];
  private readonly text: string[] = [];
  private replaced = 0;
  private counts: Pick<SummaryEvent, 'add' | 'change' | 'remove'> = { add: 0, change: 0, remove: 0 };
  private outputs: readonly OutputMessage[] = [];
  private changedOutputs: readonly string[] = [];
  private readsEvents = false;

  constructor(private readonly props: RunRecordProps) {}

  read(line: string): void {
    const message = parseMessage(line);
    if (message.type !== 'text' && line.trim() !== '') this.readsEvents = true;
    switch (message.type) {
      case 'ignored':
        return;
      case 'text':
        this.text.push(message.text);
        this.text.splice(0, this.text.length - KEPT_TEXT_LINES);
        return;
      case 'outputs':
        this.readOutputs(message.outputs);
        return;
      case 'diagnostic':
        if ([HALTED, ...TARGETED].includes(message.summary)) return;
        if (message.severity === 'error') this.diagnostics.push(message);
        break;
      case 'planned':
        if (message.action === 'replace') this.replaced += 1;
        break;
      case 'summary':
        this.counts = { add: message.add, change: message.change, remove: message.remove };
        break;
      case 'phase':
      case 'resource':
      case 'drift':
        break;
    }
    this.props.onEvent(message);
  }

  /** @throws {TerraformError | TerraformInterrupted} when the run failed or was interrupted. */
  conclude(result: ProcessResult, stops: Stops): Summary {
    const { exitCode } = result;
    // With -detailed-exitcode, 2 means that there are changes.
    if (exitCode === 0 || exitCode === 2) return this.summary(exitCode);
    const failures = this.failures(result, stops);
    if (!failures) throw this.interrupted();
    throw new TerraformError(failures);
  }

  /** Whether the output contains events that only `-json` produces. */
  get hasEvents(): boolean {
    return this.readsEvents;
  }

  /** A script around Terraform replaced its output. @param lines the output. @default - the lines that were read */
  withoutJson(lines: readonly string[] = this.text): TerraformError {
    const { stack, command } = this.props;
    const first = lines.map((line) => plainText(line).trim()).find((line) => line !== '');
    const problem = {
      where: stack.name,
      what: `${command} printed no JSON`,
      got: first === undefined ? 'nothing' : JSON.stringify(first.slice(0, SHOWN_CHARACTERS)),
      todo: 'set NIGHTSHIFT_TERRAFORM to the Terraform binary itself, not to a wrapper script; in GitHub Actions set terraform_wrapper: false for hashicorp/setup-terraform',
    };
    return new TerraformError([{ kind: 'no-json', address: undefined, constructPath: undefined, problem }]);
  }

  interrupted(): TerraformInterrupted {
    return new TerraformInterrupted(this.props.stack.name, this.props.phase);
  }

  private summary(exitCode: 0 | 2): Summary {
    const { counts, changedOutputs, replaced: replace } = this;
    const { add, change, remove } = counts;
    const values = this.outputs.flatMap(({ name, sensitive, value }) =>
      sensitive || value === undefined ? [] : [[name, value]],
    );
    return {
      ...counts,
      replace,
      hasChanges: exitCode === 2 || add + change + remove + changedOutputs.length > 0,
      changedOutputs,
      outputs: Object.fromEntries(values) as Summary['outputs'],
    };
  }

  /** An apply first reports which outputs it plans to change, then their values. */
  private readOutputs(outputs: readonly OutputMessage[]): void {
    const planned = outputs.filter(({ action }) => action !== undefined);
    if (planned.length === 0) this.outputs = outputs;
    else this.changedOutputs = planned.filter(({ action }) => action !== 'noop').map(({ name }) => name);
  }

  /** Undefined if the interruption is the only problem. */
  private failures(
    { exitCode, signal, startError }: ProcessResult,
    { interrupted, killed }: Stops,
  ): readonly [Failure, ...Failure[]] | undefined {
    const { stack, commands, command, profile } = this.props;
    const explain = (diagnostic: DiagnosticEvent) => explainFailure({ stack, commands, diagnostic, profile });
    const unexplained = (what: string, todo: string): [Failure] => [
      { kind: 'stopped', address: undefined, constructPath: undefined, problem: { where: stack.name, what, todo } },
    ];
    if (startError !== undefined) {
      return unexplained(`${command} could not be started (${startError})`, 'find out why: npx nightshift doctor');
    }
    const lost = this.diagnostics.map(explain).filter(({ kind }) => kind === 'state-not-saved' || kind === 'lock-left');
    const again = 'run the same command again; if the state is still locked, the message says how to unlock it';
    if (killed && !isFilled(lost)) {
      return unexplained(`${command} was killed: the state may lack the last changes`, again);
    }
    if (interrupted && exitCode === 1) return isFilled(lost) ? lost : undefined;
    if (signal !== undefined) {
      return unexplained(`${command} was ended by ${signal}, possibly because the machine ran out of memory`, again);
    }
    const failures = mergeMissingValues([...diagnosticsInText(this.text), ...this.diagnostics]).map(explain);
    if (isFilled(failures)) return failures;
    const summary = `${command} failed (exit code ${String(exitCode)})`;
    return [explain({ type: 'diagnostic', severity: 'error', summary, detail: this.text.join('\n') })];
  }
}

function isFilled<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

/**
 * Terraform reports every expression that reads a missing value of another stack. Merges these into one diagnostic per upstream stack, with
 * all values.
 */
export function mergeMissingValues(diagnostics: readonly DiagnosticEvent[]): readonly DiagnosticEvent[] {
  return diagnostics.flatMap((diagnostic) => {
    const outputs = outputsThatLackOne(diagnostic);
    if (outputs === undefined) return diagnostic;
    const all = diagnostics.filter((other) => outputsThatLackOne(other) === outputs);
    if (all[0] !== diagnostic) return [];
    const names = [...new Set(all.flatMap(({ detail }) => /"[^"]+"/.exec(detail) ?? []))].sort();
    const { type, severity, summary } = diagnostic;
    const detail = `This object does not have an attribute named ${names.join(', ')}.`;
    return { type, severity, summary, detail, references: [outputs] };
  });
}

/** Such as `data.terraform_remote_state.cross-stack-reference-input-network.outputs`. */
function outputsThatLackOne({ summary, references = [] }: DiagnosticEvent): string | undefined {
  if (summary !== 'Unsupported attribute') return undefined;
  return references.find((reference) => /^data\.terraform_remote_state\.[\w-]+\.outputs$/.test(reference));
}
