import type { Releases } from '../harness/releases';
import { success } from '../harness/success';

/** Killed commands, whose releases continue. `good-1` is running. */
export function survival(releases: Releases): void {
  let [next, other] = ['good-2', 'good-1'];

  it.each(['installing', 'shifting', 'baking', 'terminating'])(
    'watch completes a release that SIGKILL ended while %s, and restores auto-scaling',
    async (phase) => {
      await releases.release(`--image ${next} --yes --json`, {
        interruptWhen: new RegExp(`"phase":"${phase}"`),
        signal: 'SIGKILL',
      });
      await success(releases.release('watch --json'));
      expect((await releases.history())[0]).toMatchObject({ outcome: 'succeeded', to: { tag: next } });
      await releases.expectAtRest(next);
      [next, other] = [other, next];
    },
  );
}
