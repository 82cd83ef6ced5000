import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { isAnswer } from './aws-answers';
import { readObject } from './records/stored-object';
import { awsPause, type ReleaseContext } from './release-context';
import type { ReleaseTarget } from './target';

/**
 * The log group of Container Insights. AWS dictates its name, and creates it again when the last metrics of a deleted cluster arrive.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-reference-performance-logs-ECS.html
 */
function insightsGroup({ cluster }: Pick<ReleaseTarget, 'cluster'>): string {
  return `/aws/ecs/containerinsights/${cluster}/performance`;
}

/** The parts of Terraform's state, version 4, that name log groups. */
interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: { readonly name?: string } }[];
  }[];
}

/** The name of the group if an earlier deployment of this suffix left it and Terraform's state does not contain it. */
export async function strayInsightsGroup({
  clients,
  target,
}: Pick<ReleaseContext, 'clients' | 'target'>): Promise<string | undefined> {
  const name = insightsGroup(target);
  const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  if (!logGroups.some(({ logGroupName }) => logGroupName === name)) return undefined;
  const state = await readObject(clients.s3, target.bucket, `${target.suffix}/compute.tfstate`);
  const { resources } = state ? (JSON.parse(state.text) as State) : { resources: [] };
  const known = resources.some(
    ({ type, instances }) =>
      type === 'aws_cloudwatch_log_group' && instances.some(({ attributes }) => attributes.name === name),
  );
  return known ? undefined : name;
}

/** AWS's seconds in which the last metrics of a cluster arrive. */
const LATE_METRICS = 180;

/** AWS's seconds between two attempts. */
const INTERVAL = 15;

/**
 * Deletes the group after its cluster, again and again for some minutes, because late metrics create it again.
 * @param wait false: the cluster is long gone, and one attempt is enough.
 * @returns whether it existed.
 */
export async function sweepInsightsGroup(
  { clients, target, clock, timeScale }: Pick<ReleaseContext, 'clients' | 'target' | 'clock' | 'timeScale'>,
  wait: boolean,
  signal?: AbortSignal,
): Promise<boolean> {
  const logGroupName = insightsGroup(target);
  const ends = clock.now().getTime() + (wait ? (LATE_METRICS * 1000) / timeScale : 0);
  let deleted = false;
  for (;;) {
    try {
      await clients.logs.send(new DeleteLogGroupCommand({ logGroupName }));
      deleted = true;
    } catch (error) {
      if (!isAnswer(error, 'ResourceNotFoundException')) throw error;
    }
    if (clock.now().getTime() >= ends || signal?.aborted) return deleted;
    await awsPause({ clock, timeScale }, INTERVAL, signal);
  }
}
