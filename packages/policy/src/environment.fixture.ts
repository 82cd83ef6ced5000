import { type Environment, environmentFile, environmentOf } from '@nightshift/config';

/** An environment file as a user would write it: only what differs from the defaults. */
export type EnvironmentText = Partial<Parameters<typeof environmentFile.parse>[0] & object>;

/** The environment `test`: the schema's defaults and what the test changes. */
export function environmentWith(changes: EnvironmentText = {}): Environment {
  const file = environmentFile.parse({ tags: { Project: 'nightshift', CostCenter: 'cc-1' }, ...changes });
  return environmentOf(file, 'test', 'test');
}
