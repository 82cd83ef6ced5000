import type { Environment } from '@nightshift/config';
import { z } from 'zod';

const exitCode = z.int().describe('Exit code of the command.');

const problems = z.array(z.string()).describe('Why `status` is `failed`: one sentence each. Empty otherwise.');

const status = { status: z.enum(['succeeded', 'failed']), problems };

const ofEnvironment = {
  environment: z.string().describe('Name of the file in `environments/`.'),
  suffix: z.string().describe('Suffix of the resource names; differs from `environment` for a profile.'),
};

/** The result of a verb that acts on an environment: the last line, or the only one. */
export function environmentResult<Fields extends z.ZodRawShape>(verb: string, fields: Fields) {
  return result(verb, { ...ofEnvironment, ...status, ...fields });
}

/** The result of a verb that acts on no environment, or on several. */
export function plainResult<Fields extends z.ZodRawShape>(verb: string, fields: Fields) {
  return result(verb, { ...status, ...fields });
}

function result<Fields extends z.ZodRawShape>(verb: string, fields: Fields) {
  return z.object({ type: z.literal('result'), verb: z.literal(verb), ...fields, exitCode }).describe('The last line.');
}

/** The only line, or the last one, of every verb that an error ends. */
export const failure = z
  .object({
    type: z.literal('result'),
    verb: z.string().optional().describe('Absent if the verb is unknown.'),
    status: z.literal('failed'),
    problems,
    exitCode: exitCode.describe('1: an error that the user can correct. 70: an internal error of Nightshift.'),
  })
  .describe('The last line if an error ends the verb before its result.');

interface ResultProps {
  readonly verb: string;
  readonly environment: Pick<Environment, 'name' | 'suffix'>;
  /** Why it failed, one sentence each. @default - it succeeded */
  readonly problems?: readonly string[];
}

/** The first fields of an `environmentResult`. */
export function resultOf({ verb, environment: { name, suffix }, problems: reasons = [] }: ResultProps) {
  return { type: 'result' as const, verb, environment: name, suffix, ...endOf(reasons) };
}

/** The first fields of a `plainResult`. */
export function plainResultOf(verb: string, reasons: readonly string[] = []) {
  return { type: 'result' as const, verb, ...endOf(reasons) };
}

function endOf(reasons: readonly string[]) {
  return { status: reasons.length === 0 ? ('succeeded' as const) : ('failed' as const), problems: reasons };
}
