import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Report } from '@nightshift/policy';
import { processEffects } from '../process-effects';

interface FakeProcess {
  readonly env?: NodeJS.ProcessEnv;
  /** Whether standard input, output and error are terminals. */
  readonly terminal?: boolean;
  readonly argv?: readonly string[];
  /** The workspace. */
  readonly root?: string;
  /** Policy checks of other commands. @default - none */
  readonly reports?: Map<string, Report>;
}

const loading = () => import('@nightshift/platform');

export function fakeProcess(
  { env = {}, terminal = false, argv = [], root, reports = new Map() }: FakeProcess = {},
  loadPlatform = loading,
) {
  const stream = () => Object.assign(new PassThrough(), terminal ? { isTTY: true, columns: 120, rows: 50 } : {});
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  const process = Object.assign(new EventEmitter(), {
    argv,
    env,
    stdin,
    stdout,
    stderr,
    cwd: () => '/here',
    pid: 42,
    exitCode: 0,
  });
  return {
    process,
    stdin,
    stdout,
    stderr,
    effects: processEffects(
      process as unknown as NodeJS.Process,
      { readableTrace: (trace) => trace, loadPlatform, reports },
      root,
    ),
  };
}

export async function inDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
