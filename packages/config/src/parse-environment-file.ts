import type { Problem } from '@nightshift/errors';
import { alongside, firstProblems, type CheckedFile } from './checked-file';
import { parseYaml } from './parse-yaml';
import { checkSchema } from './check-schema';
import { shownValue } from './shown-value';

/** Reads the text of an environment file and says what is wrong with it, at once. `name` is what problems call the file. */
export function parseEnvironmentFile(text: string, name: string): CheckedFile {
  const yaml = parseYaml(text, name);
  const found = firstProblems(yaml.problems, name, (problem) => [problem]);
  if (!yaml.readable) return { problems: found as [Problem, ...Problem[]] };
  return alongside(found, isMap(yaml.value) ? checkSchema(yaml.value, name, yaml.written) : notAMap(yaml.value, name));
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notAMap(value: unknown, where: string): CheckedFile {
  const problem: Problem =
    value === null
      ? { where, what: 'is empty', todo: 'write at least the tags Project and CostCenter' }
      : {
          where,
          what: 'is not a map',
          got: shownValue(value),
          todo: 'write each key on a line of its own, as "key: value"',
        };
  return { problems: [problem] };
}
