import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PROVIDER } from './lock-file';
import { isFile } from './is-file';
import { writeFileAtomically } from './write-file-atomically';

/**
 * Writes a Terraform CLI configuration that takes the AWS provider from a mirror and every other one from its
 * registry; https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 *
 * @returns its path, which changes with its content.
 */
export async function mirrorConfiguration(directory: string, cacheDirectory: string): Promise<string> {
  const content = `# Where Terraform finds the AWS provider on this machine. Generated.
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(directory)}
    include = ["${PROVIDER}"]
  }
  direct {
    exclude = ["${PROVIDER}"]
  }
}
`;
  const name = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const path = join(cacheDirectory, 'terraform', `mirror-${name}.tfrc`);
  if (!(await isFile(path))) await writeFileAtomically(path, content);
  return path;
}
