import type { TaskSet } from '@aws-sdk/client-ecs';
import { capacityShares } from '../planning/capacity-shares';
import type { TaskNetwork } from '../planning/task-network';
import type { ReleaseTarget } from '../target';

/** What the service has, and what it should have. Both are text for people. */
export interface ServiceDifference {
  readonly what: 'capacity' | 'platform version' | 'subnets' | 'security groups' | 'load balancer';
  readonly before: string;
  readonly after: string;
}

/**
 * What of a service differs from the environment and its network, although nothing shows it: ECS refuses to update these where CodeDeploy
 * deploys, so that Terraform has to ignore them. The next release carries them.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export function serviceDifferences(
  primary: TaskSet,
  target: ReleaseTarget,
  network: TaskNetwork,
): readonly ServiceDifference[] {
  const { platformVersion } = target.environment.service;
  const { subnets = [], securityGroups = [] } = primary.networkConfiguration?.awsvpcConfiguration ?? {};
  const [behind] = primary.loadBalancers ?? [];
  const all: readonly ServiceDifference[] = [
    {
      what: 'capacity',
      before: sharesText(primary.capacityProviderStrategy ?? []),
      after: sharesText(capacityShares(target)),
    },
    // LATEST is another one from time to time, and the tasks' own is a number.
    {
      what: 'platform version',
      before: platformVersion === 'LATEST' ? platformVersion : String(primary.platformVersion),
      after: platformVersion,
    },
    { what: 'subnets', before: listed(subnets), after: listed(network.subnets) },
    { what: 'security groups', before: listed(securityGroups), after: listed(network.securityGroups) },
    {
      what: 'load balancer',
      before: behind ? `${String(behind.containerName)}:${String(behind.containerPort)}` : 'none',
      after: `${target.containerName}:${String(target.containerPort)}`,
    },
  ];
  return all.filter(({ before, after }) => before !== after);
}

interface Share {
  readonly capacityProvider?: string | undefined;
  readonly weight?: number | undefined;
  readonly base?: number | undefined;
}

function sharesText(shares: readonly Share[]): string {
  return listed(
    shares.map(({ capacityProvider, weight = 0, base = 0 }) => {
      const first = base === 0 ? '' : ` (${String(base)} at least)`;
      return `${String(capacityProvider)} ${String(weight)}${first}`;
    }),
  );
}

/** In no order. */
function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : [...texts].sort().join(', ');
}
