import { type Problem, UserError } from '@nightshift/errors';
import { type FailureContext, type FailureKind, knownFailures } from './known-failures';
import type { DiagnosticEvent } from './terraform-event';
import { plainText } from './terraform-output';

/** One cause of a failed run. */
export interface Failure {
  readonly kind: FailureKind;
  /** The resource, data source or provider; absent when Terraform names none. */
  readonly address: string | undefined;
  /** Its construct path, such as `network/Vpc/Resource`. */
  readonly constructPath: string | undefined;
  readonly problem: Problem;
}

/** A Terraform run that failed: every cause, each with the place in the code and what to do. */
export class TerraformError extends UserError {
  constructor(readonly failures: readonly [Failure, ...Failure[]]) {
    const [first, ...others] = failures;
    super(first.problem, ...others.map(({ problem }) => problem));
  }
}

/** A run that was interrupted and ended cleanly: the state is saved and not locked. */
export class TerraformInterrupted extends UserError {
  constructor(stack: string) {
    super({
      where: stack,
      what: 'interrupted; Terraform stopped cleanly, saved the state and released its lock',
      todo: 'run the same command again to continue',
    });
  }
}

/** Explains one diagnostic of Terraform to the user. */
export function explainFailure(context: FailureContext): Failure {
  const { stack, diagnostic } = context;
  const { address, summary, detail, references = [] } = diagnostic;
  const path = address === undefined ? undefined : stack.constructPath(address);
  const { kind, what, todo } = explain([summary, detail, ...references].join('\n'), context);
  // A failure that has an explanation of its own is about the stack, whichever resource met it first.
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

/** AWS's and Terraform's messages come wrapped over lines and end in colons, commas or full stops. */
export function onePhrase(...parts: readonly string[]): string {
  return parts
    .map((part) => part.replace(/\s+/g, ' ').replace(/[\s.,:;]+$/, ''))
    .filter((part) => part !== '')
    .join(': ');
}

/** Around each message, unless Terraform finds no room for it. */
const box = /╷\n(.*?)\n╵/gs;

/**
 * The errors in what Terraform writes for people: commands without `-json`, and trouble with the CLI configuration
 * under every command.
 */
export function diagnosticsInText(lines: readonly string[]): readonly DiagnosticEvent[] {
  const text = plainText(lines.join('\n'));
  const boxed = [...text.matchAll(box)].map(([, content]) => String(content).replace(/^│ ?/gm, ''));
  return (boxed.length > 0 ? boxed : [text]).flatMap((block): readonly DiagnosticEvent[] => {
    const [, summary, detail = ''] = /^Error: (.*)\n?([^]*)/m.exec(block) ?? [];
    return summary === undefined ? [] : [{ type: 'diagnostic', severity: 'error', summary, detail: detail.trim() }];
  });
}
