import { join } from 'node:path';
import { readOptionalFile } from './read-optional-file';
import { readSynthesizedStack } from './synthesized-stack';
import { explainFailure, TerraformError } from './terraform-error';
import type { TerraformOptions } from './terraform-options';
import { UNSAVED_STATE, userCommands } from './user-commands';

/**
 * Refuses to change anything while a former run's state waits to be saved: everything that it created would be
 * created a second time.
 *
 * @throws {TerraformError} that says how to save it.
 */
export async function refuseUnsavedState({ directory, configuration }: TerraformOptions): Promise<void> {
  if ((await readOptionalFile(join(directory, UNSAVED_STATE))) === undefined) return;
  const stack = await readSynthesizedStack(directory);
  const commands = userCommands({ stack, configuration: configuration ?? stack.suffix });
  const summary = 'Failed to persist state to backend';
  const diagnostic = { type: 'diagnostic', severity: 'error', summary, detail: '' } as const;
  throw new TerraformError([explainFailure({ stack, commands, diagnostic })]);
}
