import type { GateView, Phase, ReleaseVerdict, StoppedTask, TaskSetView } from '@nightshift/release';

/** Something that happened to a release, as two snapshots tell. */
export type ReleaseEvent = { readonly time: Date } & (
  | { readonly type: 'phase'; readonly phase: Phase; readonly status: string }
  | { readonly type: 'traffic'; readonly greenPercent: number; readonly bluePercent: number }
  | { readonly type: 'tasks'; readonly taskSet: TaskSetView }
  | { readonly type: 'gate'; readonly gate: GateView }
  | { readonly type: 'service'; readonly text: string }
  | { readonly type: 'task-stopped'; readonly task: StoppedTask }
  | { readonly type: 'lifecycle'; readonly name: string; readonly status: string; readonly diagnostics?: string }
  | { readonly type: 'verdict'; readonly verdict: ReleaseVerdict; readonly reason?: string }
);
