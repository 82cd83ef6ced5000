import { z } from 'zod';
import { readObject } from '../records/stored-object';
import type { ReleaseContext } from '../release-context';

/** The parts of Terraform's state, version 4, with the revision. `deposed`: a replaced revision that is not destroyed yet. */
const computeState = z.object({
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      instances: z.array(z.object({ deposed: z.string().optional(), attributes: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

/**
 * ARN of the task definition revision in Terraform's state. Only the state tells Terraform's revision from one that another client, such
 * as `aws ecs deploy`, has registered.
 * @returns undefined when the state holds none.
 */
export async function revisionInState({
  clients,
  target,
}: Pick<ReleaseContext, 'clients' | 'target'>): Promise<string | undefined> {
  const state = await readObject(clients.s3, target.bucket, `${target.suffix}/compute.tfstate`);
  return computeState
    .safeParse(state && JSON.parse(state.text))
    .data?.resources.filter(({ mode, type }) => mode === 'managed' && type === 'aws_ecs_task_definition')
    .flatMap(({ instances }) => instances)
    .filter(({ deposed, attributes }) => deposed === undefined && attributes['family'] === target.family)
    .map(({ attributes }) => String(attributes['arn']))[0];
}
