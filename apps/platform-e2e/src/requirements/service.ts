import { type ContainerDefinition } from '@aws-sdk/client-ecs';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';
import { runningDefinition, runningService } from '../harness/running-service';

/** R4 and R5: task and service. */
export function service(platform: () => Platform): void {
  const described = () => runningService(platform());
  const taskDefinition = () => runningDefinition(platform());
  const container = async (): Promise<ContainerDefinition> => only((await taskDefinition())?.containerDefinitions);

  it('R4.1 task and container have the configured CPU units and memory as hard limits', async () => {
    const { cpu, memoryMiB } = platform().environment.task;
    expect(await taskDefinition()).toMatchObject({
      cpu: String(cpu),
      memory: String(memoryMiB),
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
    });
    expect(await container()).toMatchObject({ cpu, memory: memoryMiB });
  });

  it('R4.2 the batch processor runs with the environment variables of the configuration', async () => {
    const { container: settings, region, suffix, loadBalancer } = platform().environment;
    const { name, port, environment, draining } = settings;
    const { name: deployed, environment: variables } = await container();
    expect(deployed).toBe(name);
    expect(Object.fromEntries((variables ?? []).map(({ name: key, value }) => [key, value]))).toEqual({
      ENVIRONMENT_SUFFIX: suffix,
      AWS_REGION: region,
      PORT: String(port),
      LOG_GROUP_NAME: platform().names.of('log-group', `container-${name}`),
      ACCEPT_SECONDS: String(draining.acceptSeconds),
      DRAIN_SECONDS: String(draining.acceptSeconds + draining.jobSeconds),
      KEEP_ALIVE_SECONDS: String(loadBalancer.idleTimeoutSeconds + 5),
      ...environment,
    });
  });

  it('R4.3 the container has ulimits, a health check and a read-only root file system', async () => {
    const { ulimits, healthCheck } = platform().environment.container;
    expect(await container()).toMatchObject({
      ulimits,
      healthCheck: { command: healthCheck.command, retries: healthCheck.retries },
      readonlyRootFilesystem: true,
      privileged: false,
    });
  });

  it('R5.1 the desired count is the configured one, or that of auto-scaling', async () => {
    const { service, scaling } = platform().environment;
    const { desiredCount } = await described();
    expect(service.desiredCount).toBeGreaterThanOrEqual(scaling.minimum);
    expect(desiredCount).toBeGreaterThanOrEqual(scaling.minimum);
    expect(desiredCount).toBeLessThanOrEqual(scaling.maximum);
  });

  it('R5.2 tasks use Spot and on-demand capacity by weight', async () => {
    const { spotWeight, onDemandWeight, onDemandBase } = platform().environment.service.capacity;
    const { capacityProviderStrategy, launchType } = await described();
    expect(launchType).toBeUndefined();
    const shares = (capacityProviderStrategy ?? []).map(({ capacityProvider, weight, base = 0 }) => ({
      capacityProvider,
      weight,
      base,
    }));
    expect(shares).toHaveLength(2);
    expect(shares).toContainEqual({ capacityProvider: 'FARGATE_SPOT', weight: spotWeight, base: 0 });
    expect(shares).toContainEqual({ capacityProvider: 'FARGATE', weight: onDemandWeight, base: onDemandBase });
  });

  it('R5.3 tasks are in the private subnets without public IP addresses', async () => {
    const { assignPublicIp, subnets } = (await described()).networkConfiguration?.awsvpcConfiguration ?? {};
    expect(assignPublicIp).toBe('DISABLED');
    const { Subnets } = await platform()
      .aws(EC2Client)
      .send(new DescribeSubnetsCommand({ SubnetIds: subnets }));
    const names = (Subnets ?? []).map(({ Tags }) => Tags?.find(({ Key }) => Key === 'Name')?.Value);
    expect(names).toHaveLength(3);
    for (const name of names) expect(name).toContain('private');
  });

  it('R5.4 the service keeps its task count: REPLICA scheduling', async () => {
    expect(await described()).toMatchObject({ schedulingStrategy: 'REPLICA', status: 'ACTIVE' });
  });

  it('R3.3 ECS Exec is enabled', async () => {
    expect((await described()).enableExecuteCommand).toBe(true);
  });

  it('R10.1 the service is released by CodeDeploy', async () => {
    expect((await described()).deploymentController).toEqual({ type: 'CODE_DEPLOY' });
  });
}
