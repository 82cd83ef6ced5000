import { awsError, clientConfig, type CloudEffects } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Time } from '@nightshift/console';
import { describeProblem, everydayCommands, UserError } from '@nightshift/errors';
import type { ChosenStack } from './chosen-stack';
import type { Identifiers, ReleaseHandoff, TerraformHandoff } from './effects';

/** Releases change the stack with this resource. */
export const SERVICE_TYPE = 'aws_ecs_service';

/** The hand-off from AWS, in the cloud of the environment. */
export function releaseHandoff(effects: CloudEffects & Pick<Time, 'now'> & Identifiers): ReleaseHandoff {
  const contextFor = async (environment: Environment) => {
    const { connectRelease, releaseTarget } = await import('@nightshift/release');
    const clients = connectRelease(await clientConfig(environment, effects));
    return { clients, target: releaseTarget(environment) };
  };
  return {
    pendingChanges: async (environment) => {
      const { releaseDue } = await import('@nightshift/release');
      return await releaseDue(await contextFor(environment));
    },
    portsInUse: async (environment) => {
      const { portsInUse } = await import('@nightshift/release');
      return await portsInUse(await contextFor(environment));
    },
    balancerInUse: async (environment) => {
      const { balancerInUse } = await import('@nightshift/release');
      return await balancerInUse(await contextFor(environment));
    },
    finishEnded: async (environment) => {
      const { finishEndedRelease, releaseContext } = await import('@nightshift/release');
      return await finishEndedRelease(await releaseContext(environment, effects));
    },
    awaitHealthyTask: async (environment, onWait, signal) => {
      const { awaitHealthyTask, releaseContext } = await import('@nightshift/release');
      return await awaitHealthyTask(await releaseContext(environment, effects), onWait, signal);
    },
    keepImages: async (environment) => {
      const { keepImagesInUse } = await import('@nightshift/release');
      await keepImagesInUse(await contextFor(environment));
    },
    strayLogGroup: async (environment) => {
      const { strayInsightsGroup } = await import('@nightshift/release');
      return await strayInsightsGroup(await contextFor(environment));
    },
    sweepLogGroup: async (environment, wait, signal) => {
      const { releaseContext, sweepInsightsGroup } = await import('@nightshift/release');
      return await sweepInsightsGroup(await releaseContext(environment, effects), wait, signal);
    },
    deregister: async (environment) => {
      const { deregisterFamily } = await import('@nightshift/release');
      return await deregisterFamily(await contextFor(environment));
    },
  };
}

/**
 * Deregisters all task definitions of the stack with the service: Terraform keeps its own, and does not know those of releases.
 * @returns the ARNs of the task definitions.
 * @throws {UserError} when AWS refuses it; another destroy tries it again.
 */
export async function deregisterRevisions(
  { environment, hasResource }: Pick<ChosenStack, 'environment' | 'hasResource'>,
  { releases }: TerraformHandoff,
): Promise<readonly string[]> {
  if (!hasResource(SERVICE_TYPE)) return [];
  try {
    return await releases.deregister(environment);
  } catch (error) {
    throw awsError(error, `task definitions of ${environment.suffix}`);
  }
}

/** A message about the task definitions. */
export function revisionsLine(arns: readonly string[]): readonly string[] {
  if (arns.length === 0) return [];
  return [`  ${String(arns.length)} task ${arns.length === 1 ? 'definition' : 'definitions'} deregistered`];
}

/**
 * Restores the auto-scaling of a release that ended unwatched. Does not fail with a read-only role or if AWS does not respond.
 */
export async function finishEndedRelease(
  stack: Pick<ChosenStack, 'environment' | 'hasResource'>,
  { releases }: TerraformHandoff,
  note: (text: string) => void,
): Promise<void> {
  const later = `To check it later: ${everydayCommands(stack.environment).nightshift('release status')}`;
  const what = 'determine whether a release left scale-in suspended';
  const refused = (text: string) => {
    note(`${text}. ${later}`);
  };
  const remains = await unlessRefused(stack, 'releases', what, refused, () => releases.finishEnded(stack.environment));
  if (!remains) return;
  const { remainsText } = await import('@nightshift/release');
  const text = remainsText(remains);
  if (text !== undefined) note(text);
}

/**
 * Makes a call to AWS that the run does not depend on. If AWS does not respond or refuses the call, a note reports it.
 * @param things the resources, such as `log groups`
 * @param what the purpose, which follows `cannot` in the note
 */
export async function unlessRefused<T>(
  { environment, hasResource }: Pick<ChosenStack, 'environment' | 'hasResource'>,
  things: string,
  what: string,
  note: (text: string) => void,
  act: () => Promise<T>,
): Promise<T | undefined> {
  if (!hasResource(SERVICE_TYPE)) return undefined;
  try {
    return await act();
  } catch (error) {
    const known = awsError(error, `${things} of ${environment.suffix}`);
    if (!(known instanceof UserError)) throw error;
    note(`cannot ${what}: ${known.problems.map(describeProblem).join('; ')}`);
    return undefined;
  }
}
