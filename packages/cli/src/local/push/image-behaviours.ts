import type { ImageBehaviour } from '@nightshift/local-cloud';

/** What an image can do when it runs in the local cloud, as people are told. */
export const imageBehaviours: Readonly<Record<ImageBehaviour, string>> = {
  healthy: 'answers jobs',
  unhealthy: 'runs, but fails its health checks',
  crashes: 'ends with exit code 1 a few seconds after its start',
  'out-of-memory': 'is killed because it takes more memory than it has',
  'slow-start': 'answers jobs, but only 50 s (of AWS) after its start',
  errors: 'passes its health checks, but answers 500 to everything else',
};
