import type { Environment } from '@nightshift/config';
import type { ReleaseHandoff, TerraformHandoff } from '../effects';
import { clientConfig } from '../environment/aws-clients';
import { awsError } from '../environment/aws-error';
import type { CloudEffects } from '../environment/cloud-environment';
import type { ChosenStack } from './chosen-stack';

/** The stack that has it is the one that releases change. */
export const SERVICE_TYPE = 'aws_ecs_service';

/** By AWS, in the cloud that the environment is in. */
export function releaseHandoff(effects: CloudEffects): ReleaseHandoff {
  const contextFor = async (environment: Environment) => {
    const { connectRelease, releaseTarget } = await import('@nightshift/release');
    const clients = await connectRelease(await clientConfig(environment, effects));
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
    quotaChecks: async (environment) => {
      const { deploymentQuotaChecks } = await import('@nightshift/release');
      return deploymentQuotaChecks(environment, () => contextFor(environment));
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

/** A line about them, for people. */
export function revisionsLine(arns: readonly string[]): readonly string[] {
  if (arns.length === 0) return [];
  return [`  ${String(arns.length)} task ${arns.length === 1 ? 'definition' : 'definitions'} deregistered`];
}
