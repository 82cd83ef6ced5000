import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { StackJson } from './stack-json';

/**
 * Makes a directory in which Terraform plans another configuration with the provider and the state of an initialized
 * stack: `terraform init` would hash the provider's 700 MB once more.
 */
export async function prepareDirectory(directory: string, json: StackJson, stackDirectory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'cdk.tf.json'), JSON.stringify(json, undefined, 2));
  await copyFile(join(stackDirectory, '.terraform.lock.hcl'), join(directory, '.terraform.lock.hcl'));
  // Windows lets everybody make a junction, and nothing else.
  await symlink(resolve(stackDirectory, '.terraform'), join(directory, '.terraform'), 'junction');
}
