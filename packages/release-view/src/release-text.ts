import type { Phase, TaskSetView } from '@nightshift/release';

/** The part of a task set in a release, and the colour of its target group, such as `new (green)`. */
export function taskSetName({ label, targetGroup }: Pick<TaskSetView, 'label' | 'targetGroup'>): string {
  return `${label === 'blue' ? 'current' : 'new'} (${colourOf(targetGroup)})`;
}

/** The colour in the name of a target group. */
export function colourOf(targetGroup: string): string {
  return /\b(?:blue|green)\b/.exec(targetGroup)?.[0] ?? targetGroup;
}

/** `2026-11-24 02:00:00 UTC`. @param time ISO 8601, in UTC. */
export function utcTime(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}

/** Descriptions of the phases. */
export const releasePhases: Readonly<Record<Phase, string>> = {
  created: 'waiting for CodeDeploy',
  installing: 'starting the new tasks',
  testing: 'testing the new tasks',
  shifting: 'shifting traffic',
  baking: 'termination wait',
  terminating: 'stopping the old tasks',
  'rolling-back': 'ROLLING BACK to the previous version',
  ended: 'ended',
};
