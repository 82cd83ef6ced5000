import { parseMessage, type OutputMessage } from './parse-events';
import type { ProcessResult } from './run-process';
import type { SynthesizedStack } from './synthesized-stack';
import { explainFailure, TerraformError, TerraformInterrupted, type Failure } from './terraform-error';
import type { DiagnosticEvent, SummaryEvent, TerraformEvent } from './terraform-event';
import type { UserCommands } from './user-commands';

/** How a run ended. */
export interface Summary {
  /** Resources, planned or done; a replaced one counts in `add` and in `remove`. */
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  /** How many of them are replaced. */
  readonly replace: number;
  /** Whether anything changes or changed, outputs included. */
  readonly hasChanges: boolean;
  /** Names of outputs that the plan changes. */
  readonly changedOutputs: readonly string[];
  /** Values of the stack's outputs that are not sensitive; empty after a plan. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface RunRecordProps {
  /** For messages, such as `terraform plan`. */
  readonly command: string;
  readonly stack: SynthesizedStack;
  readonly commands: UserCommands;
  readonly onEvent: (event: TerraformEvent) => void;
}

/** As many lines of text as tell why Terraform gave up without a diagnostic. */
const KEPT_TEXT_LINES = 20;

/** Reads the output of one Terraform run line by line and draws the conclusion when it has ended. */
export class RunRecord {
  private readonly diagnostics: DiagnosticEvent[] = [];
  private readonly text: string[] = [];
  private replaced = 0;
  private counts: Pick<SummaryEvent, 'add' | 'change' | 'remove'> = { add: 0, change: 0, remove: 0 };
  private outputs: Readonly<Record<string, OutputMessage>> = {};
  private changedOutputs: readonly string[] = [];

  constructor(private readonly props: RunRecordProps) {}

  read(line: string): void {
    const message = parseMessage(line);
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

  /** @throws {TerraformError | TerraformInterrupted} when the run did not do what it should. */
  conclude(result: ProcessResult, interrupted: boolean): Summary {
    const { exitCode } = result;
    // With -detailed-exitcode, 2 says that there are changes.
    if (exitCode === 0 || exitCode === 2) return this.summary(exitCode);
    if (interrupted && exitCode === 1 && !this.leftSomethingBehind()) throw this.interrupted();
    throw new TerraformError(this.failures(result));
  }

  interrupted(): TerraformInterrupted {
    return new TerraformInterrupted(this.props.stack.name);
  }

  private summary(exitCode: 0 | 2): Summary {
    const { counts, changedOutputs } = this;
    return {
      ...counts,
      replace: this.replaced,
      hasChanges: exitCode === 2 || counts.add + counts.change + counts.remove + changedOutputs.length > 0,
      changedOutputs,
      outputs: Object.fromEntries(
        Object.entries(this.outputs).flatMap(([name, { sensitive, value }]) =>
          sensitive || value === undefined ? [] : [[name, value]],
        ),
      ),
    };
  }

  private readOutputs(outputs: Readonly<Record<string, OutputMessage>>): void {
    this.outputs = outputs;
    this.changedOutputs = Object.entries(outputs)
      .filter(([, { action = 'noop' }]) => action !== 'noop')
      .map(([name]) => name);
  }

  /** Errors beside the interruption itself: a lock that could not be freed, a state that could not be saved. */
  private leftSomethingBehind(): boolean {
    return this.diagnostics.some(({ summary }) => /lock|state/i.test(summary));
  }

  private failures({ exitCode, signal, startError }: ProcessResult): [Failure, ...Failure[]] {
    const { stack, commands, command } = this.props;
    const [first, ...others] = this.diagnostics.map((diagnostic) => explainFailure({ stack, commands, diagnostic }));
    if (first) return [first, ...others];
    const end = startError ?? signal ?? `exit code ${String(exitCode)}`;
    return [
      {
        kind: 'unknown',
        address: undefined,
        constructPath: undefined,
        problem: { where: stack.name, what: `${command} failed (${end}) ${this.text.join(' ')}`, todo: 'see above' },
      },
    ];
  }
}
