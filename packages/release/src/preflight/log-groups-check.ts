import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/** The groups that containers write to are there: without, a task does not even start (R8). */
export function logGroupsCheck({ definition, clients, commands }: Surroundings): Check {
  return {
    title: 'log groups',
    look: async () => {
      const { containerDefinitions } = await definition();
      const groups = [
        ...new Set(
          containerDefinitions.flatMap(({ logConfiguration }) => logConfiguration?.options?.['awslogs-group'] ?? []),
        ),
      ];
      const problems = await Promise.all(
        groups.map(async (group) => {
          // The name itself stands before all that begin with it.
          const { logGroups = [] } = await clients.logs.send(
            new DescribeLogGroupsCommand({ logGroupNamePrefix: group }),
          );
          return logGroups.some(({ logGroupName }) => logGroupName === group) ? [] : [`there is no log group ${group}`];
        }),
      );
      return findingOf(
        problems.flat(),
        groups.length === 0 ? 'no container writes to one' : groups.join(', '),
        `bring it back: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}
