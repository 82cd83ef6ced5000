import type { SynthesizedStack } from '../synthesized-stack';
import { explainFailure } from '../terraform-error';
import type { DiagnosticEvent } from '../terraform-event';
import { stackForMessages, commandsForMessages } from './failure-context';

export interface Diagnostic extends Partial<DiagnosticEvent> {
  readonly stack?: Partial<SynthesizedStack>;
  readonly profile?: string;
}

/** The kind of a diagnostic, and the message for the user. */
export function explained({ stack: overrides, profile, ...diagnostic }: Diagnostic) {
  const stack = stackForMessages(overrides);
  const event = { type: 'diagnostic', severity: 'error', summary: '', detail: '', ...diagnostic } as const;
  const { kind, problem } = explainFailure({
    stack,
    commands: commandsForMessages(stack),
    diagnostic: event,
    profile,
  });
  return { kind, message: `${problem.where}: ${problem.what} - ${problem.todo}` };
}
