import type { Problem } from '@nightshift/errors';
import type { z } from 'zod';
import { nearest } from './nearest';
import { firstProblems, type CheckedFile, type OriginOf } from './checked-file';
import { environmentFile } from './schema/environment';
import type { Written } from './parse-yaml';
import { shownValue } from './shown-value';
import { type Path, valueAt } from './base-file';

type Phrases = Pick<Problem, 'what' | 'todo'>;

const SEPARATOR = ' - ';
const MISSING = 'is missing';
const NOT_A_MAP = 'is not a map - write each key on its own line, as "key: value"';

/** Sections whose values may be secrets by mistake, so messages do not repeat them. */
const UNSHOWN = [
  ['container', 'environment'],
  ['container', 'secrets'],
];

/**
 * Checks data against the schema and reports all problems. `name` is the name of the file in problems, `originOf` returns the file of a
 * key, `written` returns values as they are in that file.
 */
export function checkSchema(data: unknown, name: string, originOf: OriginOf, written: Written): CheckedFile {
  const result = environmentFile.safeParse(data, { reportInput: true, error: keysOfMap });
  if (result.success) return { file: result.data, originOf };
  const issues = result.error.issues.flatMap((issue): z.core.$ZodIssue[] =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue],
  );
  // A value outside of two limits is one problem.
  const unique = new Map(
    issues.map((issue) => [JSON.stringify([issue.path, issue.message, 'keys' in issue && issue.keys]), issue]),
  );
  const problems = firstProblems([...unique.values()], name, (issue) =>
    problemsOf(issue, data, written).map((problem) => ({
      ...problem,
      where: `${originOf('keys' in issue ? [...issue.path, ...issue.keys] : issue.path) ?? name}: ${problem.where}`,
    })),
  );
  return { problems: problems as [Problem, ...Problem[]] };
}

/** An unknown key gets the known ones as its message, and a value that must be a map the required ones. */
const keysOfMap: z.core.$ZodErrorMap = ({ code, inst, expected }) => {
  if (code === 'unrecognized_keys') return Object.keys((inst as z.core.$ZodObject)._zod.def.shape).join(' ');
  if (code !== 'invalid_type' || expected !== 'object') return undefined;
  const { def } = (inst as z.core.$ZodObject | z.core.$ZodDiscriminatedUnion<z.core.$ZodObject[]>)._zod;
  const shapes = 'options' in def ? def.options.map(({ _zod }) => _zod.def.shape) : [def.shape];
  const required = shapes.map((shape) =>
    joined(
      Object.keys(shape).filter((key) => shape[key]?._zod.optin === undefined),
      'and',
    ),
  );
  return [NOT_A_MAP, required.filter(Boolean).join(', or ')].filter(Boolean).join('; required: ');
};

function problemsOf(issue: z.core.$ZodIssue, data: unknown, written: Written): Problem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey([...path, key], issue.message.split(' ')));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({ where: dotted(path), ...phrases(message) }));
  }
  const value = valueAt(data, path);
  if (issue.code === 'custom' && value === undefined) {
    // A rule for several keys can report a default value.
    return [{ where: dotted(path), ...phrases(issue.message), got: `${shown(issue.input, path)} (the default)` }];
  }
  const quotes = typeof value === 'string' ? problemOfQuotes(issue, value, written(path)) : undefined;
  // A number as written in the file, such as 1e3 instead of 1000.
  const got = quotes || typeof value === 'number' ? written(path) : undefined;
  return [{ where: dotted(path), ...(quotes ?? valueProblem(issue, value)), got: shown(value, path, got) }];
}

/** YAML 1.1 reads these as true and false, and many people do. */
const YES = /^(?:y|yes|on)$/i;
const NO = /^(?:n|no|off)$/i;

/** Text instead of a number, true or false usually has unnecessary quotes. */
function problemOfQuotes(issue: z.core.$ZodIssue, value: string, source = ''): Phrases | undefined {
  const { expected, values } = issue as Objection;
  if (expected === 'boolean') {
    const what = 'is not true or false';
    if (value === 'true' || value === 'false') return { what, todo: 'remove the quotes' };
    if (YES.test(value) || NO.test(value)) return { what, todo: `write ${YES.test(value)}, without quotes` };
    return undefined;
  }
  if (!['number', 'int'].includes(expected ?? '') && !values?.some((one) => typeof one === 'number')) return undefined;
  const what = 'is text, but must be a number';
  if (/^["']/.test(source)) return /^-?\d+(?:\.\d+)?$/.test(value) ? { what, todo: 'remove the quotes' } : undefined;
  return /^\d[\d_,']*$/.test(value) ? { what, todo: `write ${value.replace(/\D/g, '')}` } : undefined;
}

function unknownKey(path: Path, known: readonly string[]): Problem {
  const meant = nearest(String(path.at(-1)), known);
  return {
    where: dotted(path),
    what: 'is not a known key',
    todo: meant ? `did you mean ${meant}?` : `remove it, or use one of ${known.join(', ')}`,
  };
}

function valueProblem(issue: z.core.$ZodIssue, value: unknown): Phrases {
  if (value === null) return { what: 'has no value', todo: 'add a value, or remove the key' };
  const problem = issue.message.includes(SEPARATOR) ? phrases(issue.message) : builtIn(issue, value);
  return value === undefined && problem.what !== MISSING ? { what: MISSING, todo: 'add it' } : problem;
}

/** The messages for zod's own issues: the type of a value, or a choice. */
function builtIn(issue: z.core.$ZodIssue, value: unknown): Phrases {
  const { values, options, expected } = issue as Objection;
  const choices = values ?? options;
  if (choices) return { what: 'is not one of the choices', todo: `use ${joined(choices.map(String), 'or')}` };
  if (expected === 'string') {
    return { what: 'is not text', todo: typeof value === 'object' ? 'write text' : 'put it in quotes' };
  }
  if (expected === 'boolean') return { what: 'is not true or false', todo: 'write one of them, without quotes' };
  if (expected === 'array') return { what: 'is not a list', todo: 'write each item on its own line, after "- "' };
  return phrases(NOT_A_MAP);
}

/** The expected value in zod's issues. */
interface Objection {
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
  readonly expected?: string;
}

/** `a, b or c` */
function joined(words: readonly string[], conjunction: 'and' | 'or'): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(` ${conjunction} `);
}

/** A message of the schema: `what - todo`. */
function phrases(message: string): Phrases {
  const at = message.indexOf(SEPARATOR);
  return { what: message.slice(0, at), todo: message.slice(at + SEPARATOR.length) };
}

function shown(value: unknown, path: Path, written?: string): string | undefined {
  const secret = UNSHOWN.some((section) => section.every((key, index) => path[index] === key));
  return secret && typeof value !== 'object' ? undefined : (written ?? shownValue(value));
}

/** `network.egress[0].cidr` */
export function dotted(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
