import type { Effects } from '../effects';

/** The suffix of an ephemeral environment, where one is asked for. A pipeline that has none to give sets an empty one. */
export function requestedSuffix({ env }: Pick<Effects, 'env'>): string | undefined {
  return env['ENVIRONMENT_SUFFIX'] === '' ? undefined : env['ENVIRONMENT_SUFFIX'];
}
