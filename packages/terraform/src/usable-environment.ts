import { isFile } from './is-file';
import type { ProcessEnvironment } from './run-process';

/** An environment that Terraform can work with, and what was left out of it. */
export interface UsableEnvironment {
  readonly env: ProcessEnvironment;
  /** Lines to show the user. */
  readonly notices: readonly string[];
}

/**
 * Leaves out a `TF_CLI_CONFIG_FILE` that names no file: Terraform would complain about it under every command, and
 * look at no other configuration.
 */
export async function usableEnvironment(env: ProcessEnvironment): Promise<UsableEnvironment> {
  const { TF_CLI_CONFIG_FILE: file, ...rest } = env;
  if (!file || (await isFile(file))) return { env, notices: [] };
  return { env: rest, notices: [`TF_CLI_CONFIG_FILE names ${file}, which is no file: ignored`] };
}
