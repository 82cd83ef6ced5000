import { execFileSync } from 'node:child_process';

/**
 * The device of the terminal that standard input is, such as `/dev/pts/3`. By this name a task can open it; as `/dev/tty` it cannot:
 * Nx gives tasks a session of their own, without a terminal.
 */
export function terminalPath(command = 'tty'): string | undefined {
  try {
    return execFileSync(command, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' }).trim();
  } catch {
    // It is none, or nobody here can say.
    return undefined;
  }
}
