import { UserError } from '@nightshift/errors';
import type { Effects } from './effects';

const PATIENCE_MS = 10_000;
const INTERVAL_MS = 50;

/** Asks the server to end and waits for it. @throws UserError when it is still there after ten seconds */
export async function stopServer(
  pid: number,
  { isAlive, now, sleep, terminate }: Pick<Effects, 'isAlive' | 'now' | 'sleep' | 'terminate'>,
): Promise<void> {
  const started = now();
  terminate(pid);
  while (isAlive(pid)) {
    if (now() - started > PATIENCE_MS) {
      throw new UserError({
        where: 'local cloud',
        what: 'does not stop',
        got: `process ${String(pid)}, asked ${String(PATIENCE_MS / 1000)} s ago`,
        todo: `end it: kill -9 ${String(pid)}`,
      });
    }
    await sleep(INTERVAL_MS);
  }
}
