import { describeProblem } from '@nightshift/errors';
import fc from 'fast-check';
import { stringify, type ToStringOptions } from 'yaml';
import { environmentFiles } from './environment-files.fixture';
import { parseText } from './problems-of.fixture';
import { environmentFile } from './schema/environment';

const problems = (text: string) => parseText(text, 'environments/dev.yaml').problems?.map(describeProblem);

/** The ways of writing text and collections that YAML has. */
const styles: fc.Arbitrary<ToStringOptions> = fc.record({
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  indent: fc.constantFrom(2, 4),
});

describe('parseEnvironmentFile', () => {
  it('refuses a base that does not exist', () => {
    expect(problems('extends: base')).toEqual([
      'environments/dev.yaml: extends: has no base of this name, got "base" - add bases/base.yaml, or remove the key',
    ]);
  });

  it('reads every valid file, in any YAML style', () => {
    fc.assert(
      fc.property(environmentFiles, styles, (file, style) => {
        const { file: read, problems } = parseText(
          stringify(file, { ...style, aliasDuplicateObjects: false }),
          'dev.yaml',
        );
        expect(problems).toBeUndefined();
        expect(read).toEqual(environmentFile.parse(file));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['an empty file', '', 'environments/dev.yaml: is empty - write at least the tags Project and CostCenter'],
    ['comments only', '# later\n', 'environments/dev.yaml: is empty - write at least the tags Project and CostCenter'],
    [
      'a list where a map belongs',
      '- cloud: aws\n',
      'environments/dev.yaml: is not a map, got a list - write each key on its own line, as "key: value"',
    ],
    [
      'a single word',
      'aws\n',
      'environments/dev.yaml: is not a map, got "aws" - write each key on its own line, as "key: value"',
    ],
    ['a tab', 'tags:\n\tProject: p\n', 'environments/dev.yaml:2:1: is a tab - use spaces'],
  ])('refuses %s', (_, text, problem) => expect(problems(text)).toEqual([problem]));

  it('reports problems of YAML and of the schema together', () => {
    expect(problems('tags: { Project: p, Project: q }\n')).toEqual([
      'environments/dev.yaml:1:21: is a duplicate key, got Project - keep one of the two',
      'environments/dev.yaml: tags.CostCenter: is missing - add it',
    ]);
  });

  it('reports the first of many problems, and the number of the others', () => {
    const keys = Array.from({ length: 1200 }, (_, index) => `unknown${index}: 1`).join('\n');
    const reported = problems(`tags: { Project: p, CostCenter: c }\n${keys}\n`);
    expect(reported).toHaveLength(21);
    expect(reported?.at(-1)).toBe('environments/dev.yaml: has 1,180 more problems - correct these first');
    expect(problems('a: *x\n'.repeat(21))?.at(-1)).toMatch(/^environments\/dev\.yaml: has \d+ more problems/);
  });

  it('has its own message for every kind of problem', () => {
    const reported = new Set<string>();
    const wrong = fc.constantFrom(null, true, -1, 1.5, 1e9, '', 'x', [], ['x'], [null], {}, { x: 1 });
    fc.assert(
      fc.property(environmentFiles, fc.nat(), wrong, (file, choice, value) => {
        const paths = pathsOf(file);
        const broken = withValue(file, paths[choice % paths.length] ?? [], value);
        const { problems = [] } = parseText(JSON.stringify(broken), 'dev.yaml');
        for (const problem of problems) {
          reported.add(problem.what);
          expect(describeProblem(problem)).toMatch(
            /^dev\.yaml: [\w.[\]:/ -]+: (?:is|has|needs|lets|leaves|holds|does|overlaps|limits|looks|differs) .+ - .{6,}$/,
          );
          expect(describeProblem(problem)).not.toMatch(/invalid|expected|received|undefined|object Object/i);
        }
      }),
      { numRuns: 300 },
    );
    // Else nothing was wrong, and nothing tried.
    expect(reported.size).toBeGreaterThan(10);
  });
});

type Path = readonly string[];

function pathsOf(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[key], ...pathsOf(child).map((rest) => [key, ...rest])]);
}

function withValue(data: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = structuredClone(data) as Record<string, unknown>;
  copy[key] = withValue(copy[key], rest, value);
  return copy;
}
