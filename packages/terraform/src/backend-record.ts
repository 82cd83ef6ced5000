import { join } from 'node:path';
import { readOptionalFile } from '@nightshift/files';
import type { SynthesizedStack } from './synthesized-stack';
import { JsonReader } from './terraform-output';

/** Values for the blanks of a partial backend configuration. */
export type BackendConfig = Readonly<Record<string, string>>;

/** In the stack's directory: the backend to which `init` has connected it. */
export const BACKEND_RECORD = join('.terraform', 'terraform.tfstate');

/**
 * The difference between the backend that Terraform recorded and the one in the configuration, such as `key is
 * "team/app.tfstate" and not "dev/network.tfstate"`. Terraform uses its record, so an argument of an earlier `init` can connect later
 * commands to another state. Undefined if they are equal, and without a record.
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
      // Compares plain values only: they determine the state, and blocks and lists have several forms.
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
