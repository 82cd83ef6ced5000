import type { PlannedChange } from '../plan/planned-change';

/** What a service cannot leave while it runs: ECS lets CodeDeploy move its tasks to other subnets and groups, and nobody its load balancer. */
const HELD = [
  /^aws_vpc\./,
  /^aws_subnet\./,
  /^aws_security_group\.(?!.*Endpoints)/,
  /^aws_lb\./,
  /^aws_lb_target_group\./,
];

/**
 * Why the service has to go first, as far as planned changes say: AWS does not delete what it uses, and refuses to bring it elsewhere.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export function replacementReasons(changes: readonly PlannedChange[]): readonly string[] {
  const serviceGoes = changes.some(
    ({ action, address }) => address.startsWith('aws_ecs_service.') && (action === 'replace' || action === 'delete'),
  );
  if (serviceGoes) return [];
  return changes
    .filter(
      ({ action, address }) => (action === 'replace' || action === 'delete') && HELD.some((held) => held.test(address)),
    )
    .map(
      ({ action, address }) => `${address} ${action === 'replace' ? 'is replaced' : 'goes'} while the service uses it`,
    );
}
