import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type Service,
  type TaskDefinition,
  type TaskSet,
} from '@aws-sdk/client-ecs';
import { UserError } from '@nightshift/errors';
import { isAnswer } from '../aws-failure';
import type { Given } from '../given';
import type { ReleaseContext } from '../release-context';

/** What answers requests now. */
export interface RunningService {
  readonly service: Service;
  readonly primary: TaskSet;
  readonly revision: TaskDefinition;
}

/** @throws {UserError} when there is no service, or none that CodeDeploy releases. */
export async function runningService({
  clients,
  target,
}: Pick<ReleaseContext, 'clients' | 'target'>): Promise<RunningService> {
  const service = await findService({ clients, target });
  const primary = service.taskSets?.find(({ status }) => status === 'PRIMARY');
  if (!primary) {
    throw new UserError({
      where: target.service,
      what: 'no set of its tasks is the primary one, as CodeDeploy would have made it',
      todo: `deploy the compute stack: npx nx run compute:deploy -c ${target.environment.name}`,
    });
  }
  const { taskDefinition } = await clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: primary.taskDefinition }),
  );
  return { service, primary, revision: taskDefinition as TaskDefinition };
}

async function findService({ clients, target }: Pick<ReleaseContext, 'clients' | 'target'>): Promise<Service> {
  const { cluster, service: name } = target;
  try {
    const answer = await clients.ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
    const service = (answer as Given<typeof answer, 'services'>).services.find(({ status }) => status === 'ACTIVE');
    if (service) return service;
  } catch (error) {
    if (!isAnswer(error, 'ClusterNotFoundException')) throw error;
  }
  throw new UserError({
    where: name,
    what: `there is no such service in ${target.environment.region}`,
    todo: `deploy it first: npx nx run compute:deploy -c ${target.environment.name}`,
  });
}
