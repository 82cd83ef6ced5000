import type { Problem } from '@nightshift/errors';
import { SUFFIX_VARIABLE, suffixFlaws } from './environment-names';
import type { EnvironmentFile } from './schema/sections';

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

/** Problems with the suffix that an environment would get (R0.8, R0.11). */
export function suffixProblems({ name, label, file, suffix, names }: SuffixRequest): Problem[] {
  if (!file.profile) {
    if (suffix === undefined || suffix === name) return [];
    return [
      {
        where: SUFFIX_VARIABLE,
        what: `is only for profiles, and ${label} is not a profile`,
        got: JSON.stringify(suffix),
        todo: `unset it, or use a file with "profile: true"`,
      },
    ];
  }
  if (suffix === undefined) {
    return [
      {
        where: label,
        what: 'is a profile, so its environments need a suffix',
        todo: `set one, as in: ${SUFFIX_VARIABLE}=pr-123 npx nx run-many -t deploy -c ${name}`,
      },
    ];
  }
  return [...suffixFlaws(suffix, SUFFIX_VARIABLE, 'use'), ...collisions(suffix, names)];
}

/** A name is `type-qualifier-suffix`: where one suffix ends in another, names of the two environments can be the same. */
function collisions(suffix: string, names: readonly string[]): Problem[] {
  const taken = names.find((name) => suffix === name || suffix.endsWith(`-${name}`));
  if (taken === undefined) return [];
  const what =
    suffix === taken ? 'is the name of an environment file' : `ends in the name of an environment file (${taken})`;
  return [{ where: SUFFIX_VARIABLE, what, got: JSON.stringify(suffix), todo: 'use another, such as pr-123' }];
}
