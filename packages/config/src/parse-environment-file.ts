import type { Problem } from '@nightshift/errors';
import { type Base, findBase, isMap, merge, type Path, type ReadBase, valueAt } from './base-file';
import { checkSchema } from './check-schema';
import { alongside, type CheckedFile, firstProblems } from './checked-file';
import { parseYaml } from './parse-yaml';
import { shownValue } from './shown-value';

/**
 * Reads the text of an environment file and reports all problems at once.
 * @param name the name of the file in problems.
 */
export function parseEnvironmentFile(text: string, name: string, readBase: ReadBase): CheckedFile {
  const yaml = parseYaml(text, name);
  const found = firstProblems(yaml.problems, name, (problem) => [problem]);
  if (!yaml.readable) return { problems: found as [Problem, ...Problem[]] };
  if (!isMap(yaml.value)) return alongside(found, notAMap(yaml.value, name));
  const own = { label: name, yaml };
  const { base, problems } = findBase(yaml.value, name, readBase);
  const [first, ...others] = [...found, ...problems];
  if (first && problems.length > 0) return { problems: [first, ...others] };
  const has = (file: Base | undefined, path: Path) => file && valueAt(file.yaml.value, path) !== undefined;
  const fileOf = (path: Path) => [own, base].find((file) => has(file, path));
  const data = base ? merge(base.yaml.value, yaml.value) : yaml.value;
  const originOf = (path: Path) => fileOf(path)?.label;
  return alongside(
    found,
    checkSchema(data, name, originOf, (path) => fileOf(path)?.yaml.written(path)),
  );
}

function notAMap(value: unknown, where: string): CheckedFile {
  const problem: Problem =
    value === null
      ? { where, what: 'is empty', todo: 'write at least the tags Project and CostCenter' }
      : {
          where,
          what: 'is not a map',
          got: shownValue(value),
          todo: 'write each key on its own line, as "key: value"',
        };
  return { problems: [problem] };
}
