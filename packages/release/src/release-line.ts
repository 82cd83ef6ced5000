import { type Immutable, noteLine, time } from '@nightshift/console/json';
import { z } from 'zod';
import { definitionChange } from './plan/definition-diff';
import { checklistItem } from './preflight/checklist';
import { phase, releaseVersion } from './record';
import { gate, releaseVerdict, snapshot, stoppedTask, taskSet } from './snapshot';

const events = {
  phase: z.object({ type: z.literal('phase'), time, phase, status: z.string().describe('Status of CodeDeploy.') }),
  traffic: z.object({
    type: z.literal('traffic'),
    time,
    greenPercent: z.number().describe('Production traffic on the new tasks, in percent.'),
    bluePercent: z.number().describe('Production traffic on the current tasks, in percent.'),
  }),
  tasks: z.object({ type: z.literal('tasks'), time, taskSet }),
  gate: z.object({ type: z.literal('gate'), time, gate }),
  service: z.object({ type: z.literal('service'), time, text: z.string() }),
  taskStopped: z.object({ type: z.literal('task-stopped'), time, task: stoppedTask }),
  lifecycle: z.object({
    type: z.literal('lifecycle'),
    time,
    name: z.string().describe('Name of CodeDeploy, such as `AllowTraffic`.'),
    status: z.string(),
    diagnostics: z.string().optional(),
  }),
  verdict: z.object({
    type: z.literal('verdict'),
    time,
    verdict: releaseVerdict,
    reason: z.string().optional(),
  }),
};

/** A difference between two snapshots. */
export type ReleaseEvent = Immutable<z.output<(typeof events)[keyof typeof events]>>;

const sentence = { text: z.string().describe('The same as a sentence for people. Its text may change.') };

export const checkLine = checklistItem
  .extend({ type: z.literal('check'), group: z.string().describe('Title of the group of checks.') })
  .describe('A check before the release, and its result.');

export const planLine = z
  .object({
    type: z.literal('plan'),
    kind: z.enum(['release', 'rollback']),
    from: releaseVersion,
    to: releaseVersion,
    changes: z.array(definitionChange).describe('Differences in task definition and service.'),
  })
  .describe('The plan of the release.');

export const snapshotLine = snapshot
  .extend({ type: z.literal('snapshot') })
  .describe('The complete state of the release; written after each change.');

/** A line of `--json` of the verbs that make or watch a release, before the result. */
export const releaseLine = z.discriminatedUnion('type', [
  checkLine,
  planLine,
  events.phase.extend(sentence),
  events.traffic.extend(sentence),
  events.tasks.extend(sentence),
  events.gate.extend(sentence),
  events.service.extend(sentence),
  events.taskStopped.extend(sentence),
  events.lifecycle.extend(sentence),
  events.verdict.extend(sentence),
  noteLine,
  snapshotLine,
]);
