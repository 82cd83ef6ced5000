import { DescribeAddressesCommand, DescribeVpcsCommand, type Tag } from '@aws-sdk/client-ec2';
import { UserError } from '@nightshift/errors';
import { capacityShares } from '../plan/app-spec';
import { runningService } from '../plan/running-service';
import type { Check } from '../preflight/checklist';
import type { ReleaseContext } from '../release-context';
import { latestUsage, quotaFinding } from './quota-finding';
import { fargateNeeds, networkNeeds, vcpusOn, type QuotaNeed } from './quota-needs';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** The quotas that an environment needs. */
export function deploymentQuotaChecks(
  environment: Context['target']['environment'],
  connect: () => Promise<Context>,
): readonly Check[] {
  const [vpcs, addresses] = networkNeeds(environment);
  const quotaCheck = (
    need: QuotaNeed,
    tagsOf: (clients: Context['clients']) => Promise<readonly (Tag[] | undefined)[]>,
  ) => ({
    title: titleOf(need),
    run: async () => {
      const { clients } = await connect();
      const isOthers = (tags: Tag[] = []) =>
        !tags.some(({ Key, Value }) => Key === 'Environment' && Value === environment.suffix);
      const others = async () => (await tagsOf(clients)).filter(isOthers).length;
      return await quotaFinding(clients, need, environment, others);
    },
  });
  return [
    quotaCheck(vpcs, async ({ ec2 }) =>
      ((await ec2.send(new DescribeVpcsCommand({}))).Vpcs ?? []).map(({ Tags }) => Tags),
    ),
    quotaCheck(addresses, async ({ ec2 }) =>
      ((await ec2.send(new DescribeAddressesCommand({}))).Addresses ?? []).map(({ Tags }) => Tags),
    ),
    ...fargateQuotaChecks(environment, async () => (await connect()).clients, {
      desired: () => Promise.resolve(environment.service.desiredCount),
      running: async () => await runningTasks(await connect()),
    }),
  ];
}

/** The vCPUs that a release needs: its new tasks run at the same time as the old ones. */
export function fargateQuotaChecks(
  environment: Context['target']['environment'],
  connect: () => Promise<Context['clients']>,
  tasks: { readonly desired: () => Promise<number>; readonly running: () => Promise<number> },
): readonly Check[] {
  const strategy = capacityShares({ environment });
  return fargateNeeds(environment, strategy, 0).map((named, index) => ({
    title: titleOf(named),
    run: async () => {
      const clients = await connect();
      const need = fargateNeeds(environment, strategy, await tasks.desired())[index] as typeof named;
      return await quotaFinding(clients, need, environment, async (quota) => {
        const used = await latestUsage(clients, quota, new Date());
        if (used === undefined) return 0;
        return Math.max(0, used - vcpusOn(need.provider, await tasks.running(), strategy, environment));
      });
    },
  }));
}

function titleOf({ name }: QuotaNeed): string {
  return `quota ${name}`;
}

async function runningTasks(context: Context): Promise<number> {
  try {
    return (await runningService(context)).service.runningCount ?? 0;
  } catch (error) {
    if (error instanceof UserError) return 0;
    throw error;
  }
}
