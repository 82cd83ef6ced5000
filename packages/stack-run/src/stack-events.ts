import type { TerraformAction, TerraformPhase } from '@nightshift/terraform';
import { time } from '@nightshift/console/json';
import { z } from 'zod';
import { actionWords, terraformPhases } from './event-line';

const ofStack = { stack: z.string(), time };

const constructPath = z
  .string()
  .optional()
  .describe('Such as `network/Vpc/Resource`; absent if it is not in the configuration.');

const ofResource = {
  ...ofStack,
  address: z.string().describe('Such as `aws_vpc.Vpc_1A2B`.'),
  constructPath,
  action: z.enum(Object.keys(actionWords) as TerraformAction[]),
};

const count = z.number().describe('Number of resources. A replaced one counts in `add` and in `remove`.');

const phase = z.enum(Object.keys(terraformPhases) as TerraformPhase[]);

const events = [
  z.object({ type: z.literal('phase'), phase, ...ofStack }),
  z.object({
    type: z.literal('planned'),
    reason: z.string().optional().describe("Terraform's reason, such as `cannot_update`."),
    ...ofResource,
  }),
  z.object({ type: z.literal('drift'), ...ofResource }),
  z.object({
    type: z.literal('resource'),
    status: z.enum(['start', 'progress', 'done', 'failed']),
    elapsedSeconds: z.number().describe('Whole seconds since the start of the action.'),
    ...ofResource,
  }),
  z.object({
    type: z.literal('diagnostic'),
    severity: z.enum(['error', 'warning']),
    summary: z.string(),
    detail: z.string(),
    address: z.string().optional().describe('What it is about.'),
    references: z.array(z.string()).optional().describe('Expressions that it is about.'),
    constructPath,
    ...ofStack,
  }),
  z.object({
    type: z.literal('summary'),
    operation: z.enum(['plan', 'apply', 'destroy']),
    add: count,
    change: count,
    remove: count,
    ...ofStack,
  }),
  z.object({ type: z.literal('note'), text: z.string(), ...ofStack }),
] as const;

/** A line during the run. */
export const stackLine = z.discriminatedUnion('type', events);
