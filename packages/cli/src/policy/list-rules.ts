import { UserError } from '@nightshift/errors';
import type { Effects } from '../effects';
import { givenOptions, type JudgedOptions } from './judged-options';
import type { PolicyFormat } from './policy-formats';

/** `policy --rules`: every rule there is. @throws {UserError} when something to be judged is named too, or a format that is for reports */
export async function listRules(
  options: JudgedOptions,
  format: PolicyFormat,
  { stdout }: Pick<Effects, 'stdout'>,
): Promise<void> {
  const wrong = [...givenOptions(options), ...(format === 'sarif' ? ['--format sarif'] : [])];
  if (wrong.length > 0) {
    throw new UserError({
      where: 'nightshift policy --rules',
      what: 'lists the rules and judges nothing',
      got: wrong.join(' '),
      todo: 'leave out one or the other; --format json lists them for programs',
    });
  }
  const { ruleList, rules } = await import('@nightshift/policy');
  if (format === 'json') {
    const list = rules.map(({ id, severity, what, why, sources }) => ({ id, severity, what, why, sources }));
    stdout.write(`${JSON.stringify(list)}\n`);
  } else stdout.write(`${ruleList(rules)}\n`);
}
