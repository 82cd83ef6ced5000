/** The part of a synthesized stack in the diagram. */
export interface DrawnStack {
  /** Absent in a new stack. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The resource types in the diagram, in AWS's terms. Other types are only counted. */
const LANDMARKS: Readonly<Record<string, string>> = {
  aws_vpc: 'VPC',
  aws_subnet: 'subnets',
  aws_nat_gateway: 'NAT gateways',
  aws_vpc_endpoint: 'VPC endpoints',
  aws_security_group: 'security groups',
  aws_flow_log: 'flow log',
  aws_ecr_repository: 'ECR repository',
  aws_ecr_lifecycle_policy: 'lifecycle policy',
  aws_ecs_cluster: 'ECS cluster',
  aws_ecs_service: 'Fargate service',
  aws_lb: 'load balancer',
  aws_lb_target_group: 'target groups',
  aws_appautoscaling_policy: 'scaling policies',
  aws_codedeploy_deployment_group: 'CodeDeploy group',
  aws_cloudwatch_metric_alarm: 'alarms',
  aws_cloudwatch_event_rule: 'event rules',
  aws_sns_topic: 'SNS topic',
  aws_cloudwatch_dashboard: 'dashboard',
};

const READ = /data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([a-z_]+?)(?:_\d+)?\b(?!_)/g;

/** A Mermaid flowchart of the synthesized stacks, their resources and the values that pass between them. `npm run docs` writes it. */
export function architectureDiagram(stacks: Readonly<Record<string, DrawnStack>>): string {
  const boxes = Object.entries(stacks).map(
    ([name, stack]) => `  ${name}["${[`<b>${name}</b>`, ...contents(stack)].join('<br/>')}"]`,
  );
  const arrows = Object.entries(stacks).flatMap(([name, stack]) =>
    [...reads(stack)].map(([from, values]) => `  ${from} -- "${label([...values].sort()).join('<br/>')}" --> ${name}`),
  );
  return ['flowchart LR', ...boxes, ...arrows].join('\n');
}

function contents({ resource = {} }: DrawnStack): string[] {
  const counts = Object.entries(resource).map(([type, all]) => [type, Object.keys(all).length] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const landmarks = Object.entries(LANDMARKS).flatMap(([type, words]) => {
    const count = counts.find(([one]) => one === type)?.[1];
    return count === undefined ? [] : [count === 1 ? words : `${count} ${words}`];
  });
  return [...landmarks, `<i>${total} ${total === 1 ? 'resource' : 'resources'}</i>`];
}

/** Number of values on an arrow. */
const SHOWN = 5;

function label(values: readonly string[]): readonly string[] {
  if (values.length <= SHOWN) return values;
  return [...values.slice(0, SHOWN - 1), `<i>and ${values.length - SHOWN + 1} more</i>`];
}

function reads(stack: DrawnStack): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const match of JSON.stringify(stack).matchAll(READ)) {
    const [, from, value] = match as unknown as readonly [string, string, string];
    found.set(from, (found.get(from) ?? new Set<string>()).add(value));
  }
  return found;
}
