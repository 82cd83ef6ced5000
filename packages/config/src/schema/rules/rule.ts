import type { EnvironmentFile } from '../sections';

/** Says that the key at `path` is wrong: the one that a user would change first. */
export type Report = (
  path: readonly (string | number)[],
  problem: { readonly what: string; readonly todo: string; readonly got: unknown },
) => void;

/** Sections of the file in which every value has its type; a value may still be out of its range. */
export interface Rule<Section extends keyof EnvironmentFile = keyof EnvironmentFile> {
  readonly reads: readonly Section[];
  check(file: Pick<EnvironmentFile, Section>, report: Report): void;
}

/** Infers the sections, so that a rule cannot look at one that it does not name. */
export function rule<const Section extends keyof EnvironmentFile>(rule: Rule<Section>): Rule<Section> {
  return rule;
}
