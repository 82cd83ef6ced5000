import { UserError } from '@nightshift/errors';
import { z } from 'zod';
import { readObject } from '../records/stored-object';
import type { ReleaseContext } from '../release-context';

/** Where tasks run. */
export interface TaskNetwork {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
}

/** What the network stack publishes, in Terraform's state: the interface between stacks (R0.2). */
const published = z.object({
  outputs: z.object({
    private_subnet_ids: z.object({ value: z.array(z.string()).min(1) }),
    tasks_security_group_id: z.object({ value: z.string() }),
  }),
});

/**
 * The network as it was deployed last, not as the service has it: ECS lets nothing but a release bring a service into another one.
 * @throws {UserError} when there is none.
 */
export async function taskNetwork({
  clients,
  target,
}: Pick<ReleaseContext, 'clients' | 'target'>): Promise<TaskNetwork> {
  const { bucket, suffix } = target;
  const key = `${suffix}/network.tfstate`;
  const state = await readObject(clients.s3, bucket, key);
  const parsed = published.safeParse(state && JSON.parse(state.text));
  if (!parsed.success) {
    throw new UserError({
      where: `s3://${bucket}/${key}`,
      what: 'the network stack does not publish the subnets and the security group of tasks',
      todo: `deploy it first: npx nx run network:deploy -c ${target.environment.name}`,
    });
  }
  const { private_subnet_ids: subnets, tasks_security_group_id: group } = parsed.data.outputs;
  return { subnets: subnets.value, securityGroups: [group.value] };
}
