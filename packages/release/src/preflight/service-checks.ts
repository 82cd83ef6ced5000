import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, type IpPermission } from '@aws-sdk/client-ec2';
import { DescribeClustersCommand } from '@aws-sdk/client-ecs';
import { capacityShares } from '../plan/app-spec';
import { portIn } from '../plan/task-revisions';
import { type Check, findingOf } from './checklist';
import { awsCommand } from '../target';
import type { ReleaseState } from '../plan/release-state';

/** The service exists, and CodeDeploy releases it (R10.1). */
export function serviceCheck({ running, commands }: ReleaseState): Check {
  return {
    title: 'service',
    run: async () => {
      const { service, revision } = await running();
      const { type = 'ECS' } = service.deploymentController ?? {};
      const remedy = `replace it with the compute stack: ${commands.nxRun('compute', 'plan')}`;
      if (type !== 'CODE_DEPLOY')
        return { mark: 'FAIL', detail: `${type} is the deployment controller, not CODE_DEPLOY`, remedy };
      return {
        mark: 'OK',
        detail: `${String(service.serviceName)} runs ${String(revision.family)}:${String(revision.revision)}`,
      };
    },
  };
}

/** A release starts the desired count of new tasks. With 0, it would test nothing. */
export function desiredCountCheck({ running, target, environment }: ReleaseState): Check {
  return {
    title: 'desired count',
    run: async () => {
      const { desiredCount = 0, runningCount = 0 } = (await running()).service;
      if (desiredCount >= 1) {
        return { mark: 'OK', detail: `${String(desiredCount)}, ${String(runningCount)} running` };
      }
      const count = String(environment.scaling.minimum);
      const place = `--cluster ${target.cluster} --service ${target.service}`;
      return {
        mark: 'FAIL',
        detail: '0: a release needs running tasks',
        remedy: `start tasks first: ${awsCommand(environment, `ecs update-service ${place} --desired-count ${count}`)}`,
      };
    },
  };
}

/** The cluster has the capacity providers of the new tasks (R5.2). */
export function capacityCheck({ clients, target, commands }: ReleaseState): Check {
  return {
    title: 'capacity',
    run: async () => {
      const { clusters = [] } = await clients.ecs.send(new DescribeClustersCommand({ clusters: [target.cluster] }));
      const there = clusters[0]?.capacityProviders ?? [];
      const shares = capacityShares(target);
      const missing = shares.filter(({ capacityProvider }) => !there.includes(capacityProvider));
      return findingOf(
        missing.map(({ capacityProvider }) => `${target.cluster} has no capacity provider ${capacityProvider}`),
        shares.map(({ capacityProvider, weight }) => `${capacityProvider} ${String(weight)}`).join(', '),
        `restore it: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}

/** The subnets of the tasks exist and have addresses for a second task set (R5.3). */
export function subnetsCheck({ network, running, clients, commands }: ReleaseState): Check {
  return {
    title: 'subnets',
    run: async () => {
      const { subnets: wanted } = await network();
      const Filters = [{ Name: 'subnet-id', Values: [...wanted] }];
      const { Subnets = [] } = await clients.ec2.send(new DescribeSubnetsCommand({ Filters }));
      const missing = wanted.filter((id) => !Subnets.some(({ SubnetId }) => SubnetId === id));
      const remedy = `restore them: ${commands.nxRun('network', 'deploy')}`;
      if (missing.length > 0)
        return findingOf(
          missing.map((id) => `subnet not found: ${id}`),
          '',
          remedy,
        );
      const free = Subnets.reduce((sum, { AvailableIpAddressCount = 0 }) => sum + AvailableIpAddressCount, 0);
      const { desiredCount = 0 } = (await running()).service;
      return findingOf(
        free < desiredCount ? [`${String(free)} free addresses for ${String(desiredCount)} new tasks`] : [],
        `${String(wanted.length)}, with ${String(free)} free addresses`,
        'free addresses, or scale the service in: each task takes one, and a release runs both versions at once',
      );
    },
  };
}

/** The security group of the tasks exists, and allows requests on the port of the new tasks. */
export function securityGroupsCheck({ network, definition, clients, target, commands }: ReleaseState): Check {
  return {
    title: 'security groups',
    run: async () => {
      const [{ securityGroups: wanted }, { containerDefinitions }] = await Promise.all([network(), definition()]);
      const Filters = [{ Name: 'group-id', Values: [...wanted] }];
      const { SecurityGroups = [] } = await clients.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      const missing = wanted.filter((id) => !SecurityGroups.some(({ GroupId }) => GroupId === id));
      const deploy = commands.nxRun('network', 'deploy');
      if (missing.length > 0) {
        const problems = missing.map((id) => `security group not found: ${id}`);
        return findingOf(problems, '', `restore it: ${deploy}`);
      }
      const port = portIn({ containerDefinitions }, target.containerName) ?? target.containerPort;
      const open = SecurityGroups.some(({ IpPermissions = [] }) => IpPermissions.some((one) => admits(one, port)));
      const opens = port === target.containerPort ? '' : `set container.previousPort to ${String(port)}, then `;
      return findingOf(
        open
          ? []
          : [`no rule of ${wanted.join(', ')} admits the load balancer on port ${String(port)} of the new tasks`],
        `${wanted.join(', ')}, with port ${String(port)} open`,
        `open it: ${opens}${deploy}`,
      );
    },
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function admits({ IpProtocol, FromPort = 0, ToPort = 65_535 }: IpPermission, port: number): boolean {
  return IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort);
}
