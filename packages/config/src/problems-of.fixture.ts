import { describeProblem } from '@nightshift/errors';
import type { CheckedFile } from './checked-file';
import { parseEnvironmentFile } from './parse-environment-file';

/** The problems of a file `dev.yaml` with the required tags and the given keys. */
export function problemsOf(yaml: string): string[] {
  const { problems = [] } = parseText(`tags: { Project: p, CostCenter: c }\n${yaml}`, 'dev.yaml');
  return problems.map(describeProblem);
}

/** Reads a file for which there are no bases. */
export function parseText(text: string, name: string): CheckedFile {
  return parseEnvironmentFile(text, name, (base) => ({ label: `bases/${base}.yaml`, text: undefined }));
}
