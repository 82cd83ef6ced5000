import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { checkPolicies, modelOf, refusalOf, type Attributes, type Report } from '@nightshift/policy';
import type { App } from 'cdktf';
import { buildPlatform } from './build-platform';

const MANIFEST = 'manifest.json';

/** `cdk.tf.json` by the name of the stack. */
export type SynthesizedStacks = Readonly<Record<string, Attributes>>;

/**
 * Writes the configuration of an environment's stacks: `<outdir>/stacks/<stack>/cdk.tf.json` and `<outdir>/manifest.json`. A file
 * is written atomically and only if it has changed, and other files in `outdir` are kept: Terraform has files there, and another run may be
 * reading.
 * @param today such as `2026-01-31`, for the waivers of rules.
 * @returns the report of the policy check, without errors.
 * @throws {UserError} with every violation of severity `error`; then nothing has changed.
 * @throws {Error} with all complaints of a stack's aspects and validations; then nothing has changed either.
 */
export function synthesize(environment: Environment, outdir: string, today: string): Report {
  return write(environment, outdir, (stacks) => {
    const report = checkPolicies(modelOf({ stacks, environment }), environment.waivers, today);
    const refusal = refusalOf(report, environment);
    if (refusal) throw refusal;
    return report;
  });
}

/** The same without a policy check: users must be able to inspect and destroy an environment that violates a rule. */
export function synthesizeUnchecked(environment: Environment, outdir: string): void {
  write(environment, outdir, () => undefined);
}

/** The configuration of an environment's stacks as it would be written, without a policy check. */
export function synthesizedStacks(environment: Environment): SynthesizedStacks {
  return inTemporary(join(tmpdir(), 'nightshift-'), (temporary) => read(synthesized(environment, temporary)));
}

function write<Result>(environment: Environment, outdir: string, check: (stacks: SynthesizedStacks) => Result): Result {
  const parent = dirname(outdir);
  mkdirSync(parent, { recursive: true });
  // In the same directory, since files cannot be renamed across file systems.
  return inTemporary(join(parent, '.synth-'), (temporary) => {
    const app = synthesized(environment, temporary);
    const report = check(read(app));
    // The manifest is written last, when all of its files exist.
    for (const file of [...files(app), MANIFEST]) replace(join(outdir, file), join(temporary, file));
    return report;
  });
}

function inTemporary<Result>(prefix: string, use: (directory: string) => Result): Result {
  const temporary = mkdtempSync(prefix);
  try {
    return use(temporary);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function synthesized(environment: Environment, outdir: string): App {
  const app = buildPlatform({ environment, outdir });
  app.synth();
  return app;
}

function read(app: App): SynthesizedStacks {
  return Object.fromEntries(
    Object.values(app.manifest.stacks).map(({ name, synthesizedStackPath }) => {
      const text = readFileSync(join(app.outdir, synthesizedStackPath), 'utf8');
      return [name, JSON.parse(text) as Attributes];
    }),
  );
}

function files(app: App): string[] {
  return Object.values(app.manifest.stacks).map(({ synthesizedStackPath }) => synthesizedStackPath);
}

function replace(target: string, source: string): void {
  if (contentOf(target)?.equals(readFileSync(source))) return;
  mkdirSync(dirname(target), { recursive: true });
  renameSync(source, target);
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
