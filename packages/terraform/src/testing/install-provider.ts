import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isProcessAlive } from '@nightshift/files';
import { platformOf } from '../download-terraform';

const address = 'registry.terraform.io/hashicorp/aws';

/** The folder where `terraform init` installs a provider for a stack. */
export function installedIn(directory: string): string {
  const { os, arch } = platformOf(process);
  return join(directory, '.terraform', 'providers', address, '5.100.0', `${os}_${arch}`);
}

/** Installs the provider of `fixtures/echo-provider.mjs` for a stack, and locks it, as `terraform init` does. */
export function installEchoProvider(directory: string): { readonly binary: string; readonly checksum: string } {
  const folder = installedIn(directory);
  mkdirSync(folder, { recursive: true });
  const binary = join(folder, 'terraform-provider-aws_v5.100.0.mjs');
  copyFileSync(join(__dirname, '..', '..', 'fixtures', 'echo-provider.mjs'), binary);
  chmodSync(binary, 0o755);
  const sum = createHash('sha256').update(readFileSync(binary)).digest('hex');
  const list = `${sum}  terraform-provider-aws_v5.100.0.mjs\n`;
  const checksum = `h1:${createHash('sha256').update(list).digest('base64')}`;
  const lock = `provider "${address}" {\n  version = "5.100.0"\n  hashes = [\n    "${checksum}",\n  ]\n}\n`;
  writeFileSync(join(directory, '.terraform.lock.hcl'), lock);
  return { binary, checksum };
}

/** The processes of the provider of a stack, the last one last. */
export function providerProcesses(directory: string): readonly number[] {
  const file = join(directory, 'pids');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
}

/** Ends the provider of a stack, which ends its host. */
export async function endProviders(directory: string): Promise<void> {
  for (const pid of providerProcesses(directory)) {
    while (isProcessAlive(pid)) {
      process.kill(pid);
      await sleep(20);
    }
  }
}
