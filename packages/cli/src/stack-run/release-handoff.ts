import type { Environment } from '@nightshift/config';
import type { Check, ReleaseDue } from '@nightshift/release';
import type { TerraformHandoff } from '../effects';
import { clientConfig } from '../environment/aws-clients';
import { awsError } from '../environment/aws-error';
import type { CloudEffects } from '../environment/cloud-environment';
import type { ChosenStack } from './chosen-stack';

/** How Terraform's verbs learn what releases do. */
export interface ReleaseHandoff {
  /** What only a release can bring to the tasks that run. */
  readonly due: (environment: Environment) => Promise<ReleaseDue>;
  /** The ports that tasks listen on. Empty where there is no service. */
  readonly portsInUse: (environment: Environment) => Promise<readonly number[]>;
  /** What an environment needs of the quotas of its account. */
  readonly quotaChecks: (environment: Environment) => Promise<readonly Check[]>;
  /** Deregisters the task definitions of releases. Gives their ARNs. */
  readonly deregister: (environment: Environment) => Promise<readonly string[]>;
}

/** By AWS, in the cloud that the environment is in. */
export function releaseHandoff(effects: CloudEffects): ReleaseHandoff {
  const contextFor = async (environment: Environment) => {
    const { connectRelease, releaseTarget } = await import('@nightshift/release');
    const clients = await connectRelease(await clientConfig(environment, effects));
    return { clients, target: releaseTarget(environment) };
  };
  return {
    due: async (environment) => {
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
      const { deregisterReleases } = await import('@nightshift/release');
      return await deregisterReleases(await contextFor(environment));
    },
  };
}

/**
 * Removes what releases left in the stack that holds the service: Terraform knows nothing of it.
 * @returns the ARNs of the task definitions.
 * @throws {UserError} when AWS does not let us; to destroy the stack once more tries it again.
 */
export async function removeRevisions(
  { name, environment }: Pick<ChosenStack, 'name' | 'environment'>,
  { releases }: TerraformHandoff,
): Promise<readonly string[]> {
  if (name !== 'compute') return [];
  try {
    return await releases.deregister(environment);
  } catch (error) {
    throw awsError(error, `task definitions of releases in ${environment.suffix}`);
  }
}

/** What a person is told about them. */
export function revisionsLine(arns: readonly string[]): readonly string[] {
  if (arns.length === 0) return [];
  return [`  ${String(arns.length)} task ${arns.length === 1 ? 'definition' : 'definitions'} of releases deregistered`];
}
