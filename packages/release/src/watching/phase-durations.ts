import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import { phaseOfEvent } from '../observing/phase-of';
import type { ReleaseRecord } from '../record';
import type { LifecycleEvent } from '../snapshot';

export interface DurationsInput {
  readonly deployment: DeploymentInfo;
  readonly rollback: DeploymentInfo | undefined;
  readonly lifecycle: readonly LifecycleEvent[];
}

/** How long each phase took, in seconds, by CodeDeploy's own times: the same whoever watched, and from when on. */
export function phaseDurations({ deployment, rollback, lifecycle }: DurationsInput): ReleaseRecord['durations'] {
  const durations: ReleaseRecord['durations'] = {};
  const put = (phase: keyof typeof durations, from: Date | undefined, to: Date | undefined) => {
    if (from && to) durations[phase] = (to.getTime() - from.getTime()) / 1000;
  };
  const spans = new Map<string, { from: Date; to: Date | undefined }>();
  for (const { name, startedAt, endedAt } of lifecycle) {
    const phase = phaseOfEvent[name];
    if (!phase || !startedAt) continue;
    spans.set(phase, { from: spans.get(phase)?.from ?? startedAt, to: endedAt });
  }
  put(
    'created',
    deployment.createTime,
    lifecycle.find(({ startedAt }) => startedAt)?.startedAt ?? deployment.completeTime,
  );
  put('installing', spans.get('installing')?.from, spans.get('installing')?.to);
  put('testing', spans.get('testing')?.from, spans.get('testing')?.to);
  put('shifting', spans.get('shifting')?.from, spans.get('shifting')?.to);
  if (deployment.status === 'Succeeded') put('baking', spans.get('shifting')?.to, deployment.completeTime);
  put('rolling-back', rollback?.createTime, rollback?.completeTime);
  return durations;
}
