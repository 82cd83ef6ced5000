import { describeProblem } from '@nightshift/errors';
import { parseEnvironmentFile } from './parse-environment-file';

/** What a user is told about a file `dev.yaml` that has the tags it needs and what a test adds. */
export function problemsOf(yaml: string): string[] {
  const { problems = [] } = parseEnvironmentFile(`tags: { Project: p, CostCenter: c }\n${yaml}`, 'dev.yaml');
  return problems.map(describeProblem);
}
