/** A problem that the user can fix. Every field is one phrase without a final period. */
export interface Problem {
  /** The file, command, resource or address with the problem. */
  readonly where: string;
  /** The problem. */
  readonly what: string;
  /** The invalid value, as entered by the user. @default - no single value */
  readonly got?: string | undefined;
  /** The fix. */
  readonly todo: string;
}

/** `<where>: <what>, got <got> - <todo>`, the form of every message to a user. */
export function describeProblem({ where, what, got, todo }: Problem): string {
  return `${where}: ${what}${got === undefined ? '' : `, got ${got}`} - ${todo}`;
}

/** The user pressed Ctrl-C at a question. The message is all that is printed; exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** An error that the user can fix: printed without a stack trace, exit code 1. Every other error is a defect. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly Problem[];

  constructor(...problems: [Problem, ...Problem[]]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}
