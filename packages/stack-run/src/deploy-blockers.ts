import { awsError } from '@nightshift/aws-access';
import type { Terminal } from '@nightshift/console';
import { describeProblem, everydayCommands, type Problem, UserError } from '@nightshift/errors';
import type { ChosenStack } from './chosen-stack';
import type { TerraformHandoff } from './effects';

type Stack = Pick<ChosenStack, 'name' | 'environment' | 'hasResource'>;

type BlockerEffects = TerraformHandoff & Pick<Terminal, 'stderr'>;

/** Refuses a deployment that would cut off running tasks. */
export async function requireDeployable(verb: string, stack: Stack, effects: BlockerEffects): Promise<void> {
  const problem = await blocker(verb, stack, effects);
  if (problem) throw new UserError(problem);
}

/** The same as a note to a plan, which is shown in any case. */
export async function blockerNote(stack: Stack, effects: BlockerEffects): Promise<string | undefined> {
  try {
    const problem = await blocker('deploy', stack, effects);
    return problem && `this plan cannot be deployed: ${describeProblem(problem)}`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `cannot determine whether this plan cuts off running tasks: ${error.problems.map(describeProblem).join('; ')}`;
  }
}

async function blocker(verb: string, stack: Stack, effects: BlockerEffects): Promise<Problem | undefined> {
  return (await closedPort(verb, stack, effects)) ?? (await replacedBalancer(verb, stack, effects));
}

/** After a change of `container.port`, tasks keep their port until a release replaces them, so its security group rules must stay. */
async function closedPort(verb: string, stack: Stack, { releases }: TerraformHandoff): Promise<Problem | undefined> {
  if (!stack.hasResource('aws_vpc_security_group_ingress_rule')) return undefined;
  const { name, environment } = stack;
  const { port, previousPort } = environment.container;
  const used = await asked('the ports of the tasks', stack, () => releases.portsInUse(environment));
  const [closed, ...others] = used.filter((one) => one !== port && one !== previousPort);
  if (closed === undefined) return undefined;
  const { nightshift, nx, nxRun } = everydayCommands(environment);
  const tasksOnTwoOthers = others.length > 0 || (previousPort !== undefined && used.includes(previousPort));
  return {
    where: `nightshift ${verb} ${name}`,
    what: `closes port ${String(closed)}, which the running tasks use until a release replaces them`,
    got: `container.port ${String(port)}`,
    todo: tasksOnTwoOthers
      ? `wait until the current release ends: ${nightshift('release watch')}`
      : `set container.previousPort to ${String(closed)} in environments/${environment.name}.yaml, deploy (${nx('deploy')}), release (${nxRun('compute', 'release')}), then remove previousPort and deploy again`,
  };
}

/**
 * AWS cannot change the scheme of a load balancer: Terraform deletes it, with its listeners, and creates another one with the same name.
 * `ignore_changes` does not hold for a new listener, which therefore forwards to the blue target group, wherever the tasks are.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#load-balancer-scheme
 */
async function replacedBalancer(
  verb: string,
  stack: Stack,
  { releases, stderr }: BlockerEffects,
): Promise<Problem | undefined> {
  if (!stack.hasResource('aws_lb')) return undefined;
  const { name, environment } = stack;
  const { scheme } = environment.loadBalancer;
  const inUse = await asked('the load balancer', stack, () => releases.balancerInUse(environment));
  if (!inUse || inUse.scheme === scheme) return undefined;
  const { nightshift, nxRun } = everydayCommands(environment);
  const change = `loadBalancer.scheme ${scheme} instead of ${inUse.scheme} replaces ${inUse.name}`;
  const [primary, ...others] = inUse.targetGroups;
  const { newTargetGroup: blue } = inUse;
  if (primary === blue && others.length === 0) {
    const effect = 'clients get no answer for some minutes, and its DNS name changes';
    stderr.write(`${stderr.colours.yellow('warning')} ${name}: ${change}: ${effect}\n`);
    return undefined;
  }
  return {
    where: `nightshift ${verb} ${name}`,
    what: `${change}, and its new listeners forward to ${blue}, but tasks run in ${inUse.targetGroups.join(' and ')}`,
    todo:
      others.length > 0
        ? `wait until the current release ends: ${nightshift('release watch')}`
        : `move the tasks to ${blue} by a release of the current image (${nxRun('compute', 'release')}), then run the same command again`,
  };
}

async function asked<Result>(what: string, { environment }: Stack, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    throw awsError(error, `${what} in ${environment.suffix}`);
  }
}
