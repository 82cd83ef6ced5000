import { awsError } from '@nightshift/aws-access';
import { describeProblem, everydayCommands, type Problem, UserError } from '@nightshift/errors';
import type { ChosenStack } from './chosen-stack';
import type { TerraformHandoff } from './effects';

type Stack = Pick<ChosenStack, 'name' | 'environment' | 'hasResource'>;

/**
 * Refuses to close the port of running tasks in the security groups: after a change of `container.port`, tasks keep their port until a
 * release replaces them.
 */
export async function requireOpenPorts(verb: string, stack: Stack, effects: TerraformHandoff): Promise<void> {
  const problem = await closedPort(verb, stack, effects);
  if (problem) throw new UserError(problem);
}

/** The same as a note to a plan, which is shown in any case. */
export async function closedPortNote(stack: Stack, effects: TerraformHandoff): Promise<string | undefined> {
  try {
    const problem = await closedPort('deploy', stack, effects);
    return problem && `this plan cannot be deployed: ${describeProblem(problem)}`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `cannot determine whether this plan closes a port of running tasks: ${error.problems.map(describeProblem).join('; ')}`;
  }
}

async function closedPort(verb: string, stack: Stack, { releases }: TerraformHandoff): Promise<Problem | undefined> {
  if (!stack.hasResource('aws_vpc_security_group_ingress_rule')) return undefined;
  const { name, environment } = stack;
  const { port, previousPort } = environment.container;
  const used = await portsInUse(stack, releases);
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

async function portsInUse({ environment }: Stack, releases: TerraformHandoff['releases']): Promise<readonly number[]> {
  try {
    return await releases.portsInUse(environment);
  } catch (error) {
    throw awsError(error, `the ports of the tasks in ${environment.suffix}`);
  }
}
