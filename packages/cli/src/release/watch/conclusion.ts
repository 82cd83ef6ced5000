import type { EverydayCommands } from '@nightshift/errors';
import {
  versionName,
  type End,
  type ReleaseRecord,
  type ReleaseVersion,
  type Snapshot,
  type TaskSetView,
} from '@nightshift/release';
import type { Colours } from '../../effects';
import { wholeSeconds } from '../../progress/whole-seconds';
import { oneLine } from '../text/one-line';

interface ConclusionProps {
  readonly kind: 'release' | 'rollback';
  readonly suffix: string;
  /** Other than `refused`, which was said before anything began. */
  readonly end: WatchedEnd;
  /** What was seen last. @default - nothing */
  readonly snapshot: Snapshot | undefined;
  /** @default - nothing is known of it */
  readonly record: ReleaseRecord | undefined;
  readonly commands: EverydayCommands;
}

/** How something can end that was watched. */
export type WatchedEnd = Exclude<End, { readonly kind: 'refused' }>;

/** How it ended, and what to do now. The first line is a sentence that can stand alone. */
export function conclusion(props: ConclusionProps): readonly [string, ...string[]] {
  const { kind, suffix, end, snapshot, record, commands } = props;
  const blue = versionOf(snapshot, 'blue') ?? recorded(record?.from) ?? 'the former version';
  const green = versionOf(snapshot, 'green') ?? recorded(record?.to) ?? 'the new version';
  const took = snapshot ? ` (${wholeSeconds(Number(snapshot.time) - Number(snapshot.startedAt))})` : '';
  switch (end.kind) {
    case 'succeeded':
      return [`${kind} of ${suffix} succeeded: ${green} has all traffic${took}`];
    case 'rolled-back':
      return [
        `${kind} of ${suffix} failed and was rolled back: ${blue} has all traffic${took}`,
        `  why: ${oneLine(end.cause)}`,
        `  what happened: ${commands.nightshift('release history')}`,
      ];
    case 'rollback-failed':
      return [
        `${kind} of ${suffix} failed, and THE WAY BACK FAILED TOO: look at it now${took}`,
        `  why: ${oneLine(end.cause)}`,
        `  what to do: docs/runbooks/rollback-failed.md, and ${commands.nightshift('release status')}`,
      ];
    case 'stopped':
      return [`${kind} of ${suffix} was stopped: ${blue} has all traffic${took}`];
    case 'detached':
      return [
        `${kind} of ${suffix} goes on, unwatched${end.cause === undefined ? '' : `: ${oneLine(end.cause)}`}`,
        `  watch it: ${commands.nightshift('release watch')}`,
        `  stop it:  ${commands.nightshift('release stop')}`,
        '  auto-scaling stays suspended until one of these, or release status, has seen its end',
      ];
  }
}

function versionOf(snapshot: Snapshot | undefined, label: TaskSetView['label']): string | undefined {
  return snapshot?.taskSets.find((set) => set.label === label)?.version;
}

function recorded(version: ReleaseVersion | undefined): string | undefined {
  return version && versionName(version);
}

/** Green, yellow or red, as good as the end is. */
export function paintEnd({ kind }: WatchedEnd, colours: Colours): (text: string) => string {
  if (kind === 'succeeded') return colours.green;
  return kind === 'detached' || kind === 'stopped' ? colours.yellow : colours.red;
}
