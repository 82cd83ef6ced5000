import type { ReleaseContext, Snapshot } from '@nightshift/release';
import { awsError } from '../../aws/aws-error';
import type { Effects } from '../../effects';
import { listenForInterrupts, type OnInterrupt } from '../control/interrupts';
import type { ReleaseView } from '../views/release-view';
import type { ReleaseEngine } from '../world/release-engine';
import type { WatchedEnd } from './conclusion';

interface WatchProps {
  readonly context: ReleaseContext;
  readonly engine: ReleaseEngine;
  readonly effects: Effects;
  readonly view: ReleaseView;
  readonly onInterrupt: OnInterrupt | undefined;
  /** Brings about what is watched. Signals are heard from before it begins, so that none is lost in between. */
  readonly begin: () => Promise<string>;
}

export interface Watched {
  readonly deploymentId: string;
  readonly end: WatchedEnd;
  /** What was seen last. @default - nothing was */
  readonly snapshot: Snapshot | undefined;
}

/** Shows a deployment until it has ended, its way back included, or until somebody wants to see no more of it. */
export async function watchToEnd(props: WatchProps): Promise<Watched> {
  const { context, engine, effects, view, onInterrupt } = props;
  let snapshot: Snapshot | undefined;
  const begun = props.begin();
  const stop = async () => {
    try {
      await engine.stopRelease(context, await begun);
    } catch (error) {
      // Where it did not begin, who began it says why.
      view.note(`it could not be stopped: ${messageOf(error)}`);
    }
  };
  const interrupts = listenForInterrupts({
    effects,
    onInterrupt,
    hint: view.hint,
    note: view.note,
    stop: () => void stop(),
  });
  try {
    const deploymentId = await begun;
    const end = await engine.watchRelease(context, deploymentId, {
      signal: interrupts.detached,
      onSnapshot: (seen) => {
        snapshot = seen;
        view.snapshot(seen);
      },
      onTrouble: (error) => {
        view.note(`AWS did not answer, trying again: ${messageOf(error)}`);
      },
    });
    return { deploymentId, end: end as WatchedEnd, snapshot };
  } finally {
    interrupts.dispose();
    view.end();
  }
}

function messageOf(error: unknown): string {
  const explained = awsError(error, 'AWS');
  return explained instanceof Error ? explained.message : String(explained);
}
