import { diagnosticsInText } from './diagnostics-in-text';
import type { ProcessEnvironment, ProcessResult, RunProcess } from './run-process';
import type { TerraformBinary } from './terraform-binary';
import { terraformEnvironment } from './terraform-environment';
import { onePhrase } from './terraform-error';

const products = { Terraform: 'terraform', OpenTofu: 'opentofu' } as const;

export interface AskVersionOptions {
  /** The user's environment: what stands on PATH may be a script that reads it and calls the real binary. */
  readonly env: ProcessEnvironment;
  /** Where to ask, for the same reason. */
  readonly cwd: string;
  readonly run: RunProcess;
}

/** Asks a program whether it is Terraform or OpenTofu, and which version: 0.04 s. Undefined when it is neither. */
export async function askVersion(path: string, options: AskVersionOptions): Promise<TerraformBinary | undefined> {
  const { result, lines } = await runVersion(path, options);
  const [, name, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\S+)$/m.exec(lines.join('\n')) ?? [];
  if (result.exitCode !== 0 || version === undefined) return undefined;
  return { path, version, product: products[name as keyof typeof products] };
}

/** Errors in the user's CLI configuration, for the user: Terraform goes on without what it cannot read. */
export async function configurationProblems(path: string, options: AskVersionOptions): Promise<readonly string[]> {
  const { lines } = await runVersion(path, options);
  return diagnosticsInText(lines).map(
    ({ summary, detail }) => `Terraform ignores a part of your CLI configuration: ${onePhrase(summary, detail)}`,
  );
}

async function runVersion(
  file: string,
  { env, cwd, run }: AskVersionOptions,
): Promise<{ readonly result: ProcessResult; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const result = await run({ file, args: ['version'], cwd, env: terraformEnvironment(env), onLine });
  return { result, lines };
}
