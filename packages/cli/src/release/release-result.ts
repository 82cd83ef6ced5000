import type { Environment } from '@nightshift/config';
import { exitCodeOf, type End } from '@nightshift/release';
import { describeProblem } from '@nightshift/errors';

interface ReleaseResult {
  readonly verb: string;
  readonly environment: Pick<Environment, 'name' | 'suffix'>;
  readonly end: End;
  /** What the verb has to say beside that. */
  readonly [field: string]: unknown;
}

/** The last line of `--json`: how it ended. A release that goes on unwatched has not failed. */
export function releaseResult({ verb, environment: { name, suffix }, end, ...fields }: ReleaseResult): string {
  const status = end.kind === 'succeeded' ? 'succeeded' : end.kind === 'detached' ? 'running' : 'failed';
  const line = {
    type: 'result',
    verb,
    environment: name,
    suffix,
    status,
    end: end.kind,
    ...('cause' in end && { cause: end.cause }),
    ...('problems' in end && { problems: end.problems.map(describeProblem) }),
    ...fields,
    exitCode: exitCodeOf(end),
  };
  return `${JSON.stringify(line)}\n`;
}
