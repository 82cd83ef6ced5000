import type { LifecycleEvent, Phase } from '../snapshot';

export interface PhaseInput {
  /** CodeDeploy's word for the deployment. */
  readonly status: string;
  /** CodeDeploy's word for the deployment that takes it back. */
  readonly rollbackStatus: string | undefined;
  readonly lifecycle: readonly LifecycleEvent[];
  /** ECS takes the old tasks away. */
  readonly blueDraining: boolean;
}

const ENDED = ['Succeeded', 'Failed', 'Stopped'];

/** The phase that a lifecycle event belongs to. */
export const phaseOfEvent: Readonly<Record<string, Phase>> = {
  BeforeInstall: 'installing',
  Install: 'installing',
  AfterInstall: 'installing',
  AllowTestTraffic: 'testing',
  AfterAllowTestTraffic: 'testing',
  BeforeAllowTraffic: 'testing',
  AllowTraffic: 'shifting',
  AfterAllowTraffic: 'shifting',
};

/** Where a deployment stands. */
export function phaseOf({ status, rollbackStatus, lifecycle, blueDraining }: PhaseInput): Phase {
  if (rollbackStatus !== undefined) return ENDED.includes(rollbackStatus) ? 'ended' : 'rolling-back';
  if (ENDED.includes(status)) return 'ended';
  const current = lifecycle.find((event) => event.status === 'InProgress' || event.status === 'Pending');
  if (current) return phaseOfEvent[current.name] ?? 'created';
  if (lifecycle.length === 0) return 'created';
  return blueDraining ? 'terminating' : 'baking';
}

export function hasEnded(status: string | undefined): boolean {
  return status !== undefined && ENDED.includes(status);
}
