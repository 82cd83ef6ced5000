import type { TerraformAction } from '@nightshift/terraform';
import { z } from 'zod';
import { actionWords } from './event-line';

const time = z.iso.datetime().describe('ISO 8601, UTC.');

const ofStack = { stack: z.string(), time };

const ofResource = {
  ...ofStack,
  address: z.string().describe('Such as `aws_vpc.Vpc_1A2B`.'),
  constructPath: z
    .string()
    .optional()
    .describe('Such as `network/Vpc/Resource`; absent if it is not in the configuration.'),
  action: z.enum(Object.keys(actionWords) as TerraformAction[]),
};

const counts = {
  add: z.number().describe('A replaced resource counts in `add` and in `remove`.'),
  change: z.number(),
  remove: z.number(),
};

/** One line of `--json` of a verb that runs Terraform on a stack. Verbs add fields to the result. */
export const stackLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('phase'), phase: z.string(), ...ofStack }),
  z.object({ type: z.literal('planned'), reason: z.string().optional(), ...ofResource }),
  z.object({ type: z.literal('drift'), ...ofResource }),
  z.object({
    type: z.literal('resource'),
    status: z.enum(['start', 'progress', 'done', 'failed']),
    elapsedSeconds: z.number(),
    ...ofResource,
  }),
  z.object({
    type: z.literal('diagnostic'),
    severity: z.enum(['error', 'warning']),
    summary: z.string(),
    detail: z.string(),
    address: z.string().optional(),
    ...ofStack,
  }),
  z.object({ type: z.literal('summary'), operation: z.enum(['plan', 'apply', 'destroy']), ...counts, ...ofStack }),
  z.object({ type: z.literal('note'), text: z.string(), ...ofStack }),
  z
    .object({
      type: z.literal('result'),
      runId: z.string(),
      verb: z.string(),
      stack: z.string(),
      environment: z.string(),
      suffix: z.string(),
      status: z.enum(['succeeded', 'failed', 'interrupted']),
      ...counts,
      replace: z.number(),
      seconds: z.number(),
      startedAt: time,
      problems: z.array(z.string()).describe('One sentence each.'),
      outputs: z.record(z.string(), z.unknown()).optional(),
      exitCode: z.number(),
    })
    .describe('The last line.'),
]);

/** `packages/stack-run/schema/stack-line.json`. */
export function stackLineSchema() {
  return {
    title: 'Nightshift stack line',
    description:
      'One line of plan, prepare, deploy, redeploy, destroy, outputs and drift with --json, once the run of the stack has started. New fields and new types may be added; readers ignore what they do not know.',
    ...z.toJSONSchema(stackLine, { io: 'input', target: 'draft-7' }),
  };
}
