import type { Environment } from '@nightshift/config';

export type Group = 'load-balancer' | 'tasks' | 'endpoints';

/** A rule for one TCP port and one peer. */
export interface SecurityGroupRule {
  /**
   * Its id in the construct tree. It holds the network, so that adding or removing one leaves the rules of the others alone: with
   * numbers, they would move up, and AWS refuses a rule that another rule of the group still is.
   */
  readonly id: string;
  /** Its part of the `Name` tag. */
  readonly qualifier: string;
  readonly group: Group;
  readonly direction: 'ingress' | 'egress';
  readonly description: string;
  readonly port: number;
  readonly peer: { readonly cidr: string } | { readonly group: Group } | { readonly service: 's3' };
}

type Settings = Pick<Environment, 'loadBalancer' | 'container' | 'network'>;

const HTTPS = 443;

/**
 * Who reaches whom (R1.3): the allowed networks the load balancer, the load balancer tasks, tasks the endpoints, S3 and what the
 * environment file names. The resolver of the VPC needs no rule, security groups do not filter it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export function securityGroupRules(settings: Settings): SecurityGroupRule[] {
  return [...toLoadBalancer(settings), ...betweenGroups(settings), ...toOutside(settings)];
}

function toLoadBalancer({ loadBalancer }: Settings): SecurityGroupRule[] {
  const { listener, allowedCidrs, testListener } = loadBalancer;
  const listeners = [
    { id: 'Http', port: 80, description: 'HTTP from an allowed network', cidrs: allowedCidrs },
    {
      id: 'Https',
      port: HTTPS,
      description: 'HTTPS from an allowed network',
      cidrs: listener.protocol === 'HTTPS' ? allowedCidrs : [],
    },
    {
      id: 'Test',
      port: testListener.port,
      description: 'New version before its release, from a network of testers',
      cidrs: testListener.allowedCidrs,
    },
  ];
  return listeners.flatMap(({ id, port, description, cidrs }) =>
    cidrs.map((cidr) => ({
      id: `LoadBalancer${id}From${cidr}`,
      qualifier: `load-balancer-${id.toLowerCase()}-from-${cidr}`,
      group: 'load-balancer' as const,
      direction: 'ingress' as const,
      description,
      port,
      peer: { cidr },
    })),
  );
}

function betweenGroups({ container: { port } }: Settings): SecurityGroupRule[] {
  return [
    {
      id: 'LoadBalancerToTasks',
      qualifier: 'load-balancer-to-tasks',
      group: 'load-balancer',
      direction: 'egress',
      description: 'Requests and health checks to tasks',
      port,
      peer: { group: 'tasks' },
    },
    {
      id: 'TasksFromLoadBalancer',
      qualifier: 'tasks-from-load-balancer',
      group: 'tasks',
      direction: 'ingress',
      description: 'Requests and health checks from the load balancer',
      port,
      peer: { group: 'load-balancer' },
    },
    {
      id: 'TasksToEndpoints',
      qualifier: 'tasks-to-endpoints',
      group: 'tasks',
      direction: 'egress',
      description: 'AWS services by their interface endpoints',
      port: HTTPS,
      peer: { group: 'endpoints' },
    },
    {
      id: 'EndpointsFromTasks',
      qualifier: 'endpoints-from-tasks',
      group: 'endpoints',
      direction: 'ingress',
      description: 'Requests from tasks',
      port: HTTPS,
      peer: { group: 'tasks' },
    },
  ];
}

function toOutside({ network }: Settings): SecurityGroupRule[] {
  const fromTasks = { group: 'tasks', direction: 'egress' } as const;
  return [
    {
      ...fromTasks,
      id: 'TasksToS3',
      qualifier: 'tasks-to-s3',
      description: 'S3 by its gateway endpoint, image layers among others',
      port: HTTPS,
      peer: { service: 's3' },
    },
    ...network.egress.map(({ description, cidr, port }) => ({
      ...fromTasks,
      id: `TasksTo${cidr}:${port}`,
      qualifier: `tasks-to-${cidr}:${port}`,
      description,
      port,
      peer: { cidr },
    })),
  ];
}
