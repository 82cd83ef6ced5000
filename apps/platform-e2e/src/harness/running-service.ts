import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type Service,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { only } from './only';
import type { Platform } from './platform';

/** The service of an environment, as ECS describes it. */
export async function runningService(platform: Platform): Promise<Service> {
  const { of } = platform.names;
  const { services } = await platform
    .aws(ECSClient)
    .send(new DescribeServicesCommand({ cluster: of('ecs-cluster'), services: [of('ecs-service')] }));
  return only(services);
}

/** The task definition of the service. */
export async function runningDefinition(platform: Platform): Promise<TaskDefinition | undefined> {
  const { taskDefinition: name } = await runningService(platform);
  const { taskDefinition } = await platform
    .aws(ECSClient)
    .send(new DescribeTaskDefinitionCommand({ taskDefinition: name }));
  return taskDefinition;
}
