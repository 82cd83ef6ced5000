import type { ProcessEnvironment, RunProcess } from './run-process';
import type { TerraformBinary } from './terraform-binary';

const products = { Terraform: 'terraform', OpenTofu: 'opentofu' } as const;

export interface AskVersionOptions {
  /** The user's environment: what stands on PATH may be a script that reads it and calls the real binary. */
  readonly env: ProcessEnvironment;
  /** Where to ask, for the same reason. */
  readonly cwd: string;
  readonly run: RunProcess;
}

/** Asks a program whether it is Terraform or OpenTofu, and which version: 0.04 s. Undefined when it is neither. */
export async function askVersion(
  path: string,
  { env, cwd, run }: AskVersionOptions,
): Promise<TerraformBinary | undefined> {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const result = await run({ file: path, args: ['version'], cwd, env: { ...env, CHECKPOINT_DISABLE: '1' }, onLine });
  const [, name, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\S+)$/m.exec(lines.join('\n')) ?? [];
  if (result.exitCode !== 0 || version === undefined) return undefined;
  return { path, version, product: products[name as keyof typeof products] };
}
