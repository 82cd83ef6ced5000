import { DescribeTargetGroupsCommand, type TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isAnswer } from '../aws-failure';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/** Blue and green are there, and the tasks that run are in one of them (R6.2). */
export function targetGroupsCheck({ settings, running, clients, commands }: Surroundings): Check {
  return {
    title: 'target groups',
    look: async () => {
      const { targetGroups: names } = await settings();
      const { primary } = await running();
      const groups = await Promise.all(names.map((name) => find(clients.elbv2, name)));
      const behind = primary.loadBalancers?.[0]?.targetGroupArn;
      const current = groups.find((group) => group?.TargetGroupArn === behind);
      const missing = names.filter((_, index) => groups[index] === undefined);
      return findingOf(
        [
          ...missing.map((name) => `there is no target group ${name}`),
          ...(current
            ? []
            : [`the tasks that run are in ${nameIn(behind)}, and CodeDeploy moves between ${names.join(' and ')}`]),
        ],
        `${names.join(' and ')}; the tasks that run are in ${String(current?.TargetGroupName)}`,
        `see what differs: ${commands.nightshift('drift compute')}`,
      );
    },
  };
}

async function find(elbv2: Surroundings['clients']['elbv2'], name: string): Promise<TargetGroup | undefined> {
  try {
    return (await elbv2.send(new DescribeTargetGroupsCommand({ Names: [name] }))).TargetGroups?.[0];
  } catch (error) {
    if (isAnswer(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) return undefined;
    throw error;
  }
}

/** `…:targetgroup/<name>/<id>` */
function nameIn(arn = 'none'): string {
  return arn.split('/')[1] ?? arn;
}
