import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/** The subnets of the tasks are there, with addresses for a second set of tasks beside the first (R5.3). */
export function subnetsCheck({ network, running, clients, commands }: Surroundings): Check {
  return {
    title: 'subnets',
    look: async () => {
      const { subnets: wanted } = await network();
      const Filters = [{ Name: 'subnet-id', Values: [...wanted] }];
      const { Subnets = [] } = await clients.ec2.send(new DescribeSubnetsCommand({ Filters }));
      const missing = wanted.filter((id) => !Subnets.some(({ SubnetId }) => SubnetId === id));
      const remedy = `bring them back: ${commands.nxRun('network', 'deploy')}`;
      if (missing.length > 0)
        return findingOf(
          missing.map((id) => `there is no subnet ${id}`),
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
