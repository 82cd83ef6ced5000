import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/** The security group of the tasks is there. */
export function securityGroupsCheck({ network, clients, commands }: Surroundings): Check {
  return {
    title: 'security groups',
    look: async () => {
      const { securityGroups: wanted } = await network();
      const Filters = [{ Name: 'group-id', Values: [...wanted] }];
      const { SecurityGroups = [] } = await clients.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      const missing = wanted.filter((id) => !SecurityGroups.some(({ GroupId }) => GroupId === id));
      return findingOf(
        missing.map((id) => `there is no security group ${id}`),
        wanted.join(', '),
        `bring it back: ${commands.nxRun('network', 'deploy')}`,
      );
    },
  };
}
