import type { EnvironmentFile } from '../sections';

/** Reports a problem at `path`, the key that a user would change first. */
export type Report = (
  path: readonly (string | number)[],
  problem: { readonly what: string; readonly todo: string; readonly got: unknown },
) => void;

/** Sections with valid types; a value may still be out of range. */
export interface Rule<Section extends keyof EnvironmentFile = keyof EnvironmentFile> {
  readonly reads: readonly Section[];
  check(file: Pick<EnvironmentFile, Section>, report: Report): void;
}

/** Infers the sections, so that a rule can read only those that it declares. */
export function rule<const Section extends keyof EnvironmentFile>(rule: Rule<Section>): Rule<Section> {
  return rule;
}
