import { UserError } from '@nightshift/errors';
import { z } from 'zod';
import { readObject } from '../records/stored-object';
import type { ReleaseContext } from '../release-context';

/** The network configuration of tasks. */
export interface TaskNetwork {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
}

/** The outputs of the network stack in Terraform's state: the interface between stacks (R0.2). A list has one output per element. */
const published = z.object({ outputs: z.record(z.string(), z.object({ value: z.unknown() })) });

const wanted = z.object({ subnets: z.array(z.string()).min(1), securityGroups: z.tuple([z.string()]) });

/**
 * The network of the last deployment, which may differ from the network of the service: only a release can change the latter.
 * @throws {UserError} when there is none.
 */
export async function taskNetwork({
  clients,
  target,
}: Pick<ReleaseContext, 'clients' | 'target'>): Promise<TaskNetwork> {
  const { bucket, suffix } = target;
  const key = `${suffix}/network.tfstate`;
  const state = await readObject(clients.s3, bucket, key);
  const { outputs = {} } = published.safeParse(state && JSON.parse(state.text)).data ?? {};
  const subnets = Object.keys(outputs).filter((name) => /^private_subnet_ids_\d+$/.test(name));
  const network = wanted.safeParse({
    subnets: subnets.map((name) => outputs[name]?.value),
    securityGroups: [outputs['tasks_security_group_id']?.value],
  });
  if (!network.success) {
    throw new UserError({
      where: `s3://${bucket}/${key}`,
      what: 'the network stack does not publish the subnets and the security group of tasks',
      todo: `deploy it first: ${target.commands.nxRun('network', 'deploy')}`,
    });
  }
  return network.data;
}
