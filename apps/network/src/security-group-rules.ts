import type { Environment } from '@nightshift/config';

export type Group = 'load-balancer' | 'tasks' | 'endpoints';

/** A rule for one TCP port and one peer. */
export interface SecurityGroupRule {
  /**
   * Its construct id. It contains the network, so that a new or removed network does not change other rules: with numbers as ids, rules
   * would shift, and AWS refuses duplicate rules.
   */
  readonly id: string;
  /** Its part of the `Name` tag. */
  readonly qualifier: string;
  readonly group: Group;
  readonly direction: 'ingress' | 'egress';
  readonly description: string;
  readonly port: number;
  readonly peer: { readonly cidr: string } | { readonly group: Group } | { readonly service: 's3' };
  /** The address of the same rule in states of an earlier version. @default - unchanged */
  readonly movedFrom?: string;
}

type Settings = Pick<Environment, 'loadBalancer' | 'container' | 'network'>;

const HTTPS = 443;

/**
 * The allowed connections (R1.3): allowed networks to the load balancer, load balancer to tasks, tasks to endpoints, S3 and the
 * destinations in the environment file. The DNS resolver of the VPC needs no rule.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export function securityGroupRules(settings: Settings): SecurityGroupRule[] {
  return [...toLoadBalancer(settings), ...toTasks(settings), ...toEndpoints(), ...toOutside(settings)];
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

/**
 * The id contains the port: another port is another rule, so that the old one can stay open until a release has moved the traffic. Until
 * then, the running tasks listen on the previous port.
 */
function toTasks({ container: { port, previousPort } }: Settings): SecurityGroupRule[] {
  // In states of earlier versions, whose ids had no port, the rules are for the port of the running tasks.
  const ports = previousPort === undefined ? [port] : [previousPort, port];
  return ports.flatMap((port, index): SecurityGroupRule[] => [
    {
      id: `LoadBalancerToTasks:${port}`,
      qualifier: `load-balancer-to-tasks:${port}`,
      group: 'load-balancer',
      direction: 'egress',
      description: 'Requests and health checks to tasks',
      port,
      peer: { group: 'tasks' },
      ...(index === 0 && {
        movedFrom: 'aws_vpc_security_group_egress_rule.SecurityGroups_LoadBalancerToTasks_D2B47C5C',
      }),
    },
    {
      id: `TasksFromLoadBalancer:${port}`,
      qualifier: `tasks-from-load-balancer:${port}`,
      group: 'tasks',
      direction: 'ingress',
      description: 'Requests and health checks from the load balancer',
      port,
      peer: { group: 'load-balancer' },
      ...(index === 0 && {
        movedFrom: 'aws_vpc_security_group_ingress_rule.SecurityGroups_TasksFromLoadBalancer_CBE0FE86',
      }),
    },
  ]);
}

function toEndpoints(): SecurityGroupRule[] {
  return [
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
