import { type Colours, oneLine, wholeSeconds } from '@nightshift/console';
import type { EverydayCommands } from '@nightshift/errors';
import {
  type End,
  type ReleaseRecord,
  type ReleaseTraffic,
  type ReleaseVersion,
  type Snapshot,
  type TaskSetView,
  versionName,
} from '@nightshift/release';

interface ConclusionProps {
  readonly kind: 'release' | 'rollback';
  readonly suffix: string;
  /** Without `refused`, which is reported before the start. */
  readonly end: WatchedEnd;
  /** The last snapshot. @default - none */
  readonly snapshot: Snapshot | undefined;
  /** @default - unknown */
  readonly record: ReleaseRecord | undefined;
  readonly commands: EverydayCommands;
}

/** The ends of a watched release. */
export type WatchedEnd = Exclude<End, { readonly kind: 'refused' }>;

/** The outcome and the next steps. The first line is a complete sentence. */
export function releaseConclusion(props: ConclusionProps): readonly [string, ...string[]] {
  const { kind, suffix, end, snapshot, record, commands } = props;
  const blue = versionOf(snapshot, 'blue') ?? recorded(record?.from) ?? 'the previous version';
  const green = versionOf(snapshot, 'green') ?? recorded(record?.to) ?? 'the new version';
  const took = snapshot ? ` (${wholeSeconds(Number(snapshot.time) - Number(snapshot.startedAt))})` : '';
  switch (end.kind) {
    case 'succeeded':
      return [`${kind} of ${suffix} succeeded: ${green} has all traffic${took}`];
    case 'rolled-back':
      return [
        `${kind} of ${suffix} failed and was rolled back: ${blue} has all traffic${took}`,
        `  why: ${oneLine(end.cause)}`,
        `  details: ${commands.nightshift('release history')}`,
      ];
    case 'rollback-failed':
      return [
        `${kind} of ${suffix} failed, and THE ROLLBACK FAILED: act now${took}`,
        `  why: ${oneLine(end.cause)}`,
        `  what to do: see docs/runbooks/rollback-failed.md and ${commands.nightshift('release status')}`,
      ];
    case 'stopped':
      return [`${kind} of ${suffix} was stopped: ${blue} has all traffic${took}`];
    case 'detached':
      return [
        `${kind} of ${suffix} continues without being watched${end.cause === undefined ? '' : `: ${oneLine(end.cause)}`}`,
        `  watch: ${commands.nightshift('release watch')}`,
        `  stop:  ${commands.nightshift('release stop')}`,
        ...(waitsForTest(props) ? ['  no traffic moves before release watch has tested the new version'] : []),
        '  scale-in stays suspended until the next deploy, plan, doctor or release command after the end of the release',
      ];
  }
}

/** Only a watch tests the new version; CodeDeploy waits an hour for it. */
function waitsForTest({ snapshot, record }: Pick<ConclusionProps, 'snapshot' | 'record'>): boolean {
  const before = snapshot !== undefined && ['created', 'installing', 'testing'].includes(snapshot.phase);
  return before && record !== undefined && record.verification === undefined;
}

function versionOf(snapshot: Snapshot | undefined, label: TaskSetView['label']): string | undefined {
  return snapshot?.taskSets.find((set) => set.label === label)?.version;
}

function recorded(version: ReleaseVersion | undefined): string | undefined {
  return version && versionName(version);
}

/** Green for success, red for a failure, otherwise yellow. */
export function paintEnd({ kind }: WatchedEnd, colours: Colours): (text: string) => string {
  if (kind === 'succeeded') return colours.green;
  return kind === 'detached' || kind === 'stopped' ? colours.yellow : colours.red;
}

type Evidence = Pick<ReleaseRecord, 'outcome' | 'verification' | 'traffic'>;

/** The outcome for people. */
export function outcomeText(release: Evidence): string {
  const { outcome = 'in progress' } = release;
  return isUnproven(release) ? `${outcome}, unproven` : outcome;
}

/** The new version has answered no test and no request. */
function isUnproven({ outcome, verification, traffic }: Evidence): boolean {
  return outcome === 'succeeded' && traffic?.requests === 0 && verification?.outcome !== 'passed';
}

/** The verification of the new version: the test before traffic moved, and its requests afterwards. */
export function evidenceLines({ verification, traffic }: Evidence): readonly string[] {
  return [
    ...(verification?.outcome === 'passed' ? [`  tested before traffic moved: ${oneLine(verification.text)}`] : []),
    ...notVerifiedLines({ verification }),
    ...(traffic ? [`  ${trafficText(traffic)}`] : []),
  ];
}

/** Whether the new version is verified, and if not, why. Undefined if the release ended before its test. */
export function verifiedText(release: Evidence): string | undefined {
  const { verification } = release;
  if (verification?.outcome === 'passed') return `yes: ${oneLine(verification.text)}`;
  const reasons = [
    ...(verification ? [oneLine(verification.text)] : []),
    ...(isUnproven(release) ? ['no request was seen during the shift'] : []),
  ];
  return reasons.length === 0 ? undefined : `no: ${reasons.join('; ')}`;
}

export function notVerifiedLines({ verification }: Pick<Evidence, 'verification'>): readonly string[] {
  return verification?.outcome === 'not-verified' ? [`  not verified: ${oneLine(verification.text)}`] : [];
}

function trafficText({ requests, failed, balancerErrors }: ReleaseTraffic): string {
  const balancer =
    balancerErrors === 0
      ? ''
      : `; the load balancer itself answered ${String(balancerErrors)} with a server error, for either version`;
  if (requests === 0) return `no request was seen during the shift${balancer}`;
  const share = Math.round((1000 * failed) / requests) / 10;
  return `${String(requests)} ${requests === 1 ? 'request' : 'requests'} to the new version, ${String(failed)} failed (${String(share)} %)${balancer}`;
}
