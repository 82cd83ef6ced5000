import { UserError } from '@nightshift/errors';
import { checkEnvironmentFile, environmentNames } from './load-environment';

/** What the pipeline needs to know of an environment file. */
export interface ListedEnvironment {
  readonly name: string;
  /** True for a pattern of ephemeral environments. */
  readonly profile: boolean;
  readonly cloud: 'aws' | 'local';
  readonly region: string;
  /** Tag or digest of the first image. */
  readonly image: string;
  /** Of images, as Docker names it. */
  readonly platform: 'linux/amd64' | 'linux/arm64';
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
    const { profile, cloud, region, delivery, container, task } = file;
    const image = container.image.by === 'tag' ? container.image.tag : container.image.digest;
    const platform = task.architecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64';
    listed.push({ name, profile, cloud, region, image, platform, ...(delivery && { deliveryOrder: delivery.order }) });
    return [];
  });
  const [first, ...others] = problems;
  if (first) throw new UserError(first, ...others);
  return listed;
}
