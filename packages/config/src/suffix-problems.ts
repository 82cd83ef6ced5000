import type { Problem } from '@nightshift/errors';
import { limits, MAX_SUFFIX_LENGTH, namesFor, SUFFIX_PATTERN, type ResourceType } from '@nightshift/naming';
import type { EnvironmentFile } from './schema/environment';

export interface SuffixRequest {
  /** The environment file's name without `.yaml`. */
  readonly name: string;
  /** What problems call the file. */
  readonly label: string;
  readonly file: Pick<EnvironmentFile, 'profile'>;
  /** What the user set, if anything. */
  readonly suffix: string | undefined;
  /** The names of all environment files. */
  readonly names: readonly string[];
}

const VARIABLE = 'ENVIRONMENT_SUFFIX';

/** What is wrong with the suffix that an environment would get (R0.8, R0.11). */
export function suffixProblems({ name, label, file, suffix, names }: SuffixRequest): Problem[] {
  if (!file.profile) {
    if (suffix === undefined || suffix === name) return [];
    return [
      {
        where: VARIABLE,
        what: `goes with a profile, and ${label} is an environment of its own`,
        got: JSON.stringify(suffix),
        todo: `unset it, or name a file that says "profile: true"`,
      },
    ];
  }
  if (suffix === undefined) {
    return [
      {
        where: label,
        what: 'is a profile, so that its environments need a suffix',
        todo: `set one, as in: ${VARIABLE}=pr-123 npx nx run-many -t deploy -c ${name}`,
      },
    ];
  }
  return [...suffixFlaws(suffix, VARIABLE, 'use'), ...collisions(suffix, names)];
}

/** What is wrong with the name of an environment file: it is the suffix as well, or the end of the state bucket's name. */
export function fileNameProblems(name: string, label: string): Problem[] {
  return suffixFlaws(name, label, 'rename it to');
}

function suffixFlaws(suffix: string, where: string, verb: string): Problem[] {
  const got = JSON.stringify(suffix);
  if (!SUFFIX_PATTERN.test(suffix)) {
    const what = 'is not what every name on AWS can end in';
    return [{ where, what, got, todo: `${verb} lower-case letters and digits, in groups joined by single hyphens` }];
  }
  if (suffix.length > MAX_SUFFIX_LENGTH) {
    const what = `is too long for some names on AWS (${suffix.length} characters)`;
    return [{ where, what, got, todo: `${verb} at most ${MAX_SUFFIX_LENGTH}` }];
  }
  const names = namesFor(suffix);
  const refusing = (Object.keys(limits) as ResourceType[]).find((type) => !isPossible(() => names.of(type)));
  if (refusing === undefined) return [];
  return [{ where, what: `ends names in what AWS reserves (${refusing})`, got, todo: `${verb} something else` }];
}

/** A name is `type-qualifier-suffix`: where one suffix ends in another, names of the two environments can be the same. */
function collisions(suffix: string, names: readonly string[]): Problem[] {
  const taken = names.find((name) => suffix === name || suffix.endsWith(`-${name}`));
  if (taken === undefined) return [];
  const what =
    suffix === taken ? 'is the name of an environment file' : `ends in the name of an environment file (${taken})`;
  return [{ where: VARIABLE, what, got: JSON.stringify(suffix), todo: 'use another, such as pr-123' }];
}

function isPossible(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
