import type { ProcessEnvironment } from './run-process';

/** An environment variable; one that is empty counts as not set, as Terraform has it. */
export function setting(env: ProcessEnvironment, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
