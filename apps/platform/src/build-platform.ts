import { applyTags } from '@nightshift/aspects';
import { ComputeStack } from '@nightshift/compute';
import type { Environment } from '@nightshift/config';
import { NetworkStack } from '@nightshift/network';
import { ObservabilityStack } from '@nightshift/observability';
import { RegistryStack } from '@nightshift/registry';
import { App } from 'cdktf';

export interface PlatformProps {
  readonly environment: Environment;
  /** Where `synth()` writes: `<outdir>/stacks/<stack>/cdk.tf.json`. */
  readonly outdir: string;
}

/** The four stacks of an environment and their published values (R0.1, R0.2). */
export function buildPlatform({ environment, outdir }: PlatformProps): App {
  const app = new App({ outdir, stackTraces: false });

  const network = new NetworkStack(app, 'network', { environment });
  const registry = new RegistryStack(app, 'registry', { environment });
  const compute = new ComputeStack(app, 'compute', {
    environment,
    network: network.outputs,
    registry: registry.outputs,
  });
  new ObservabilityStack(app, 'observability', { environment, compute: compute.outputs });

  applyTags(app, environment.tags);
  return app;
}
