import { EventEmitter } from 'node:events';
import { afterTasks, beforeTasks } from '../hooks';
import type { confirmRun } from '../requested-run';
import { inWorkspace } from './temporary-workspace';

interface NxRun {
  readonly line: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly terminal?: string | undefined;
  readonly confirm?: typeof confirmRun;
  /** Starts the command server. @default - none is started */
  readonly startServer?: (root: string, verb: string, owner: number) => string;
}

/** The end of the Nx run, which restores what the hook changed. */
export const endRun = () => {
  afterTasks(undefined, { id: '42', workspaceRoot: '/', taskResults: {}, startTime: 0, endTime: 0 } as never);
};

/** The process of Nx after the hook. */
export async function prepared({
  line,
  env = {},
  isTTY = true,
  terminal,
  confirm = () => undefined,
  startServer = () => '/server',
}: NxRun) {
  endRun();
  const write = jest.fn<boolean, unknown[]>(() => true);
  const host = Object.assign(new EventEmitter(), {
    env: { ...env } as Record<string, string>,
    pid: 4711,
    exit: jest.fn(),
    stdin: { isTTY },
    stdout: { isTTY, columns: 80, write: write as (...chunks: unknown[]) => boolean },
    stderr: { isTTY, write: write as (...chunks: unknown[]) => boolean },
    write,
  });
  await inWorkspace({ 'environments/dev.yaml': '' }, (workspaceRoot) => {
    const context = { id: '42', workspaceRoot, nxJsonConfiguration: {}, argv: ['node', 'nx', ...line.split(' ')] };
    beforeTasks(
      undefined,
      context,
      host as never,
      () => new Date('2026-01-31T23:59:59Z'),
      () => terminal,
      confirm,
      startServer,
    );
  });
  return host;
}
