import type { Environment } from '@nightshift/config';
import type { ExitCode } from './exit-code';

interface JsonResult {
  readonly verb: string;
  readonly environment: Pick<Environment, 'name' | 'suffix'>;
  readonly exitCode: ExitCode;
  /** What the verb has to say. */
  readonly [field: string]: unknown;
}

/** The one line that `--json` prints in the end, in the form that all verbs share. 1 is the exit code of a failure, 2 is an answer. */
export function jsonResult({ verb, environment: { name, suffix }, exitCode, ...fields }: JsonResult): string {
  const status = exitCode === 1 ? 'failed' : 'succeeded';
  return `${JSON.stringify({ type: 'result', verb, environment: name, suffix, status, ...fields, exitCode })}\n`;
}
