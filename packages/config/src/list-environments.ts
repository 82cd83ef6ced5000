import { UserError } from '@nightshift/errors';
import { z } from 'zod';
import { checkEnvironmentFile, environmentNames } from './load-environment';

export const listedEnvironment = z
  .object({
    name: z.string().describe('Name of the file in `environments/`.'),
    profile: z.boolean().describe('True for a pattern of ephemeral environments.'),
    cloud: z.enum(['aws', 'local']),
    region: z.string(),
    image: z.string().describe('Tag or digest of the first image.'),
    platform: z.enum(['linux/amd64', 'linux/arm64']).describe('Platform of images, as Docker names it.'),
    deliveryOrder: z.number().optional().describe('Lowest first; absent if the pipeline does not deploy it.'),
  })
  .describe('What the pipeline needs to know of an environment file.');

export type ListedEnvironment = Readonly<z.output<typeof listedEnvironment>>;

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
