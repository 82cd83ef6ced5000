import { type Problem, UserError } from '@nightshift/errors';
import { type FailureContext, type FailureKind, knownFailures } from './known-failures';
import type { DiagnosticEvent, TerraformPhase } from './terraform-event';
import { plainText } from './terraform-output';

/** One cause of a failed run. */
export interface Failure {
  readonly kind: FailureKind;
  /** The resource, data source or provider; absent if Terraform reports none. */
  readonly address: string | undefined;
  /** Its construct path, such as `network/Vpc/Resource`. */
  readonly constructPath: string | undefined;
  readonly problem: Problem;
}

/** A failed Terraform run: every cause with construct path and fix. */
export class TerraformError extends UserError {
  constructor(readonly failures: readonly [Failure, ...Failure[]]) {
    const [first, ...others] = failures;
    super(first.problem, ...others.map(({ problem }) => problem));
  }
}

/** The others read only. */
const changingPhases: readonly TerraformPhase[] = ['apply', 'destroy', 'state', 'unlock'];

/** An interrupted run that ended cleanly: the state is saved and not locked. */
export class TerraformInterrupted extends UserError {
  constructor(stack: string, phase: TerraformPhase) {
    super({
      where: stack,
      ...(changingPhases.includes(phase)
        ? {
            what: 'interrupted; Terraform stopped cleanly, saved the state and released its lock',
            todo: 'run the same command again to continue',
          }
        : { what: 'interrupted; nothing was changed', todo: 'run the same command again' }),
    });
  }
}

/** Explains one diagnostic of Terraform to the user. */
export function explainFailure(context: FailureContext): Failure {
  const { stack, diagnostic } = context;
  const { address, summary, detail, references = [] } = diagnostic;
  const path = address === undefined ? undefined : stack.constructPath(address);
  const { kind, what, todo } = explain([summary, detail, ...references].join('\n'), context);
  // A known failure concerns the whole stack, not only the resource that reported it first.
  const place = address === undefined ? '' : `: ${address}${path === undefined ? '' : ` (${path})`}`;
  const problem =
    what === undefined
      ? { where: stack.name + place, what: onePhrase(summary, detail), todo }
      : { where: stack.name, what, todo };
  return { kind, address, constructPath: path, problem };
}

function explain(text: string, context: FailureContext): Partial<Problem> & { kind: FailureKind; todo: string } {
  for (const { kind, pattern, explain } of knownFailures) {
    const match = pattern.exec(text);
    if (match) return { kind, ...explain((number) => match[number] ?? '', context) };
  }
  return { kind: 'unknown', todo: 'fix the cause and run the same command again; finished changes are kept' };
}

/** Messages of AWS and Terraform are wrapped and end with colons, commas or periods. */
export function onePhrase(...parts: readonly string[]): string {
  return parts
    .map((part) => part.replace(/\s+/g, ' ').replace(/[\s.,:;]+$/, ''))
    .filter((part) => part !== '')
    .join(': ');
}

/** The frame of each message, unless the terminal is too narrow. */
const box = /╷\n(.*?)\n╵/gs;

/**
 * The errors in plain text output: of commands without `-json`, and of an invalid CLI configuration in every command.
 */
export function diagnosticsInText(lines: readonly string[]): readonly DiagnosticEvent[] {
  const text = plainText(lines.join('\n'));
  const boxed = [...text.matchAll(box)].map(([, content]) => String(content).replace(/^│ ?/gm, ''));
  return (boxed.length > 0 ? boxed : [text]).flatMap((block): readonly DiagnosticEvent[] => {
    const [, summary, detail = ''] = /^Error: (.*)\n?([^]*)/m.exec(block) ?? [];
    return summary === undefined ? [] : [{ type: 'diagnostic', severity: 'error', summary, detail: detail.trim() }];
  });
}
