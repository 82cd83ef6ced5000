import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { buildPlatform } from './build-platform';

const MANIFEST = 'manifest.json';

/**
 * Writes the configuration of an environment's stacks: `<outdir>/stacks/<stack>/cdk.tf.json` and `<outdir>/manifest.json`. A file
 * appears whole or not at all, one that would stay the same is not written, and nothing else in `outdir` is touched:
 * Terraform keeps its own files there, and another run may be reading.
 * @throws {Error} with all complaints of a stack's aspects and validations; then nothing has changed.
 */
export function synthesize(environment: Environment, outdir: string): void {
  const parent = dirname(outdir);
  mkdirSync(parent, { recursive: true });
  // Beside the target, as files cannot be renamed from one file system to another.
  const temporary = mkdtempSync(join(parent, '.synth-'));
  try {
    const app = buildPlatform({ environment, outdir: temporary });
    app.synth();
    const stacks = Object.values(app.manifest.stacks).map((stack) => stack.synthesizedStackPath);
    // The manifest comes last: what it names is there.
    for (const file of [...stacks, MANIFEST]) replace(join(outdir, file), join(temporary, file));
  } finally {
    rmSync(temporary, { recursive: true });
  }
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
