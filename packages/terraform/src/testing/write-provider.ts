import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Creates a mirror with a fake AWS provider 5.100.0 for linux_amd64. */
export async function writeProvider(mirror: string, packaging: 'unpacked' | 'packed' = 'unpacked'): Promise<string> {
  const provider = join(mirror, 'registry.terraform.io', 'hashicorp', 'aws');
  await mkdir(provider, { recursive: true });
  if (packaging === 'unpacked') await mkdir(join(provider, '5.100.0', 'linux_amd64'), { recursive: true });
  else await writeFile(join(provider, 'terraform-provider-aws_5.100.0_linux_amd64.zip'), '');
  return mirror;
}
