import { join } from 'node:path';
import { environmentNames, loadEnvironment, type Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { Effects } from '../effects';
import type { ConfigurationOption } from './configuration-option';
import { requestedSuffix } from './requested-suffix';

/**
 * The environment that `-c` and `ENVIRONMENT_SUFFIX` name.
 * @throws {UserError} when none is named, or its file is not there or not right.
 */
export function chosenEnvironment(
  verb: string,
  { configuration }: ConfigurationOption,
  { root, env }: Pick<Effects, 'root' | 'env'>,
): Environment {
  const directory = join(root, 'environments');
  if (configuration === undefined) {
    throw new UserError({
      where: `nightshift ${verb}`,
      what: 'no environment is named',
      todo: `add -c and one of ${environmentNames(directory).join(', ')}`,
    });
  }
  return loadEnvironment({ directory, name: configuration, suffix: requestedSuffix({ env }) });
}
