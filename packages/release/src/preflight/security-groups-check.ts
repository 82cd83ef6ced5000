import { DescribeSecurityGroupsCommand, type IpPermission } from '@aws-sdk/client-ec2';
import { portIn } from '../planning/task-content';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/** The security group of the tasks is there, and admits requests on the port that the new tasks listen on. */
export function securityGroupsCheck({ network, definition, clients, target, commands }: Surroundings): Check {
  return {
    title: 'security groups',
    look: async () => {
      const [{ securityGroups: wanted }, { containerDefinitions }] = await Promise.all([network(), definition()]);
      const Filters = [{ Name: 'group-id', Values: [...wanted] }];
      const { SecurityGroups = [] } = await clients.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      const missing = wanted.filter((id) => !SecurityGroups.some(({ GroupId }) => GroupId === id));
      const deploy = commands.nxRun('network', 'deploy');
      if (missing.length > 0) {
        const problems = missing.map((id) => `there is no security group ${id}`);
        return findingOf(problems, '', `bring it back: ${deploy}`);
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
