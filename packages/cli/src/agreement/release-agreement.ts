import type { Environment } from '@nightshift/config';
import type { Check, ReleaseDue } from '@nightshift/release';
import { clientConfig } from '../aws/client-config';
import type { CloudEffects } from '../environment/cloud-environment';

/** How Terraform's verbs learn what releases do. */
export interface ReleaseAgreement {
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
export function releaseAgreement(effects: CloudEffects): ReleaseAgreement {
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
