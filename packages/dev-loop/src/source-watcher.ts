import type { Stats } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** Milliseconds without a change before a change is reported: editors write a file in several steps, and tools write many files. */
const QUIET_MILLISECONDS = 150;

/** Sources that the bundle can contain, without tests and generated files. */
export function isSource(path: string): boolean {
  if (/(?:^|\/)(?:node_modules|dist|test-results)(?:\/|$)/.test(path)) return false;
  return /\.(?:ts|json)$/.test(path) && !path.endsWith('.spec.ts');
}

/** The batch processor and the packages of this workspace that it contains. */
export async function sourceDirectories(root: string): Promise<string[]> {
  const app = join(root, 'apps', 'batch-processor');
  const { dependencies } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = Object.keys(dependencies).filter((name) => name.startsWith('@nightshift/'));
  return [app, ...names.map((name) => join(root, name.replace('@nightshift', 'packages')))];
}

/** Changes of sources. */
export interface SourceWatcher {
  /** Waits for the next change since the last call; undefined when the signal fires. @returns when the first file was saved. */
  readonly next: (signal: AbortSignal) => Promise<number | undefined>;
  readonly close: () => Promise<void>;
}

interface WatchProps {
  readonly directories: readonly string[];
  readonly monotonic: () => number;
  /** @default - chokidar, which also sees files that an editor replaces by a rename */
  readonly start?: (directories: string[]) => Pick<FSWatcher, 'on' | 'close'>;
}

/** Watches directories. Resolves when all of their files are known. */
export async function watchSources({ directories, monotonic, start = watchFiles }: WatchProps): Promise<SourceWatcher> {
  const files = start([...directories]);
  let savedAt: number | undefined;
  let quiet: NodeJS.Timeout | undefined;
  let isQuiet = true;
  let wake: () => void = () => undefined;
  const changed = () => {
    savedAt ??= monotonic();
    isQuiet = false;
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      isQuiet = true;
      wake();
    }, QUIET_MILLISECONDS);
  };
  await new Promise<void>((resolve, reject) => {
    files.on('ready', resolve).on('error', reject);
  });
  for (const event of ['add', 'change', 'unlink'] as const) files.on(event, changed);
  return {
    next: async (signal) => {
      const stop = () => {
        wake();
      };
      signal.addEventListener('abort', stop);
      while ((savedAt === undefined || !isQuiet) && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      signal.removeEventListener('abort', stop);
      const first = savedAt;
      savedAt = undefined;
      return signal.aborted ? undefined : first;
    },
    close: async () => {
      clearTimeout(quiet);
      await files.close();
    },
  };
}

function watchFiles(directories: string[]): FSWatcher {
  return watch(directories, {
    ignoreInitial: true,
    ignored: (path: string, stats?: Stats) =>
      (stats?.isFile() ?? false) ? !isSource(path) : /\/(?:node_modules|dist|test-results)$/.test(path),
  });
}
