import { UserError } from '@nightshift/errors';
import { checkEnvironmentFile, environmentNames } from './load-environment';

/** What the pipeline needs to know of an environment file. */
export interface ListedEnvironment {
  readonly name: string;
  /** True for a pattern of ephemeral environments. */
  readonly profile: boolean;
  readonly cloud: 'aws' | 'local';
  readonly region: string;
  /** Lowest first. @default - the pipeline does not deploy it */
  readonly deliveryOrder?: number;
}

/**
 * Every environment file in a directory, sorted by name.
 * @throws {UserError} with all problems of all files.
 */
export function listEnvironments(directory: string): ListedEnvironment[] {
  const listed: ListedEnvironment[] = [];
  const problems = environmentNames(directory).flatMap((name) => {
    const { file, problems } = checkEnvironmentFile(directory, name);
    if (!file) return problems;
    const { profile, cloud, region, delivery } = file;
    listed.push({ name, profile, cloud, region, ...(delivery && { deliveryOrder: delivery.order }) });
    return [];
  });
  const [first, ...others] = problems;
  if (first) throw new UserError(first, ...others);
  return listed;
}
