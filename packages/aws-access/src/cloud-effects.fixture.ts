import type { LocalCloud } from '@nightshift/local-cloud';
import type { Variables } from './aws-settings';

/** A shell without variables, with a running local cloud. */
export function fakeCloudEffects() {
  const cloud = {
    childEnvironment: ({ region }: { readonly region: string }) =>
      Promise.resolve({ AWS_ENDPOINT_URL: 'http://127.0.0.1:45660', AWS_REGION: region }),
  };
  return {
    env: {} as Variables,
    envFiles: {} as Variables,
    localCloud: () => Promise.resolve(cloud as unknown as LocalCloud),
  };
}
