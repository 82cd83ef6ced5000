import { join } from 'node:path';
import { readOptionalFile } from '@nightshift/files';
import type { SynthesizedStack } from './synthesized-stack';
import { JsonReader } from './terraform-output';

/** Values for the blanks of a partial backend configuration. */
export type BackendConfig = Readonly<Record<string, string>>;

/** In the stack's directory: where `init` has connected it to. */
export const BACKEND_RECORD = join('.terraform', 'terraform.tfstate');

/**
 * How the backend that Terraform recorded differs from the one that the configuration names, such as `key is
 * "team/app.tfstate" and not "dev/network.tfstate"`. Terraform trusts its record, so that an argument of an earlier `init`
 * leads every later command to another state. Undefined when they agree, and when there is no record.
 */
export async function recordedElsewhere(
  { directory, backend }: SynthesizedStack,
  backendConfig: BackendConfig,
): Promise<string | undefined> {
  const record = JsonReader.parse((await readOptionalFile(join(directory, BACKEND_RECORD))) ?? '')?.object('backend');
  const [kind, settings] = Object.entries(backend)[0] ?? [];
  if (record === undefined || kind === undefined) return undefined;
  const differences = [
    difference('the backend', record.text('type'), kind),
    ...Object.entries({ ...settings, ...backendConfig }).map(([name, value]) =>
      // Blocks and lists have several spellings; what decides on the state is a plain value.
      typeof value === 'object' ? undefined : difference(name, record.object('config')?.value(name), value),
    ),
  ].filter((found) => found !== undefined);
  return differences.length === 0 ? undefined : differences.join(', ');
}

function difference(name: string, recorded: unknown, configured: unknown): string | undefined {
  // Terraform turns strings into numbers and booleans where it needs them.
  if (String(recorded) === String(configured)) return undefined;
  return `${name} is ${JSON.stringify(recorded)} and not ${JSON.stringify(configured)}`;
}
