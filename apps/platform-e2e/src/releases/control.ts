import type { Releases } from '../harness/releases';
import { success } from '../harness/success';

const REFUSED = 1;
const STOPPED = 12;
const DETACHED = 13;
/** Long enough on a slow machine, so that `promote` ends the wait. */
const LONG_WAIT_MINUTES = 300;
/** A log line of a release after the traffic shift has started. */
const SHIFTING = /shifting/i;

/** Actions of an operator during a release. `good-1` is running. */
export function control(releases: Releases): void {
  it('refuses a second release while one is in progress, and watch follows the first one to its end', async () => {
    expect((await releases.release('--image good-2 --yes --detach')).exitCode).toBe(DETACHED);
    expect((await releases.release('status')).exitCode).toBe(DETACHED);
    const second = await releases.release('--image good-1 --yes --json');
    expect(second.exitCode).toBe(REFUSED);
    expect(releases.resultOf(second)).toMatchObject({ end: 'refused' });
    await success(releases.release('watch'));
    expect((await releases.release('status')).exitCode).toBe(0);
    await releases.expectAtRest('good-2');
  });

  it('rolls back on Ctrl-C with --on-interrupt stop', async () => {
    const run = await releases.release('--image good-1 --yes --on-interrupt stop', { interruptWhen: SHIFTING });
    expect(run.exitCode).toBe(STOPPED);
    expect((await releases.history())[0]).toMatchObject({ outcome: 'stopped' });
    await releases.expectAtRest('good-2');
  });

  it('continues after Ctrl-C with --on-interrupt detach, until stop in another shell rolls it back', async () => {
    const run = await releases.release('--image good-1 --yes --on-interrupt detach', { interruptWhen: SHIFTING });
    expect(run.exitCode).toBe(DETACHED);
    expect((await releases.release('stop')).exitCode).toBe(STOPPED);
    expect((await releases.history())[0]).toMatchObject({ outcome: 'stopped' });
    await releases.expectAtRest('good-2');
  });

  it('promote ends the termination wait of the old tasks', async () => {
    const minutes = await releases.keepOldTasks(LONG_WAIT_MINUTES);
    const release = releases.release('--image good-1 --yes --json');
    let promoted: number | undefined;
    // Refused until the termination wait.
    for (let attempt = 0; attempt < 60 && promoted !== 0; attempt += 1) {
      ({ exitCode: promoted } = await releases.release('promote --detach'));
    }
    expect(promoted).toBe(0);
    await success(release);
    await releases.keepOldTasks(minutes);
    await releases.expectAtRest('good-1');
  });
}
