import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '@nightshift/errors';
import type { TerraformPlan } from '@nightshift/terraform';
import { z } from 'zod';
import type { ChosenStack } from './chosen-stack';
import type { Directories } from './effects';
import { type AttributeChange, noChanges, planChanges, type PlanChanges, type PlannedChange } from './plan-changes';
import { changesFields, changesOutcome } from './plan-text';
import { type JsonOption, type ProviderHostOption, type RunEffects, runStack } from './run-stack';
import { stackOutput } from './stack-line';

export interface DriftOptions extends JsonOption, ProviderHostOption {
  readonly summary?: string;
}

/** The plan of the comparison; deleted after it is read. */
const DRIFT_FILE = 'drift.tfplan';

const fields = changesFields.extend({
  pending: z.int().describe('Number of resources that a deployment of the changed configuration would change.'),
});

export const driftOutput = stackOutput('drift', fields);

/** `drift` */
export async function driftOfStack(
  stack: ChosenStack,
  options: DriftOptions,
  effects: RunEffects & Directories,
): Promise<void> {
  await runStack({
    verb: 'drift',
    fields,
    providerHost: options.providerHost,
    stack,
    json: options.json ?? false,
    effects,
    // `run.json` is the record of the last deployment or plan, which a comparison does not replace.
    record: 'drift.json',
    act: async (terraform, { note }) => {
      const counts = await terraform.plan({ out: DRIFT_FILE, lock: false });
      // Without changes there is no drift.
      const { changes, pending } = counts.hasChanges
        ? driftChanges(await terraform.show(DRIFT_FILE), stack.constructPath)
        : { changes: noChanges, pending: 0 };
      await rm(join(stack.absoluteDirectory, DRIFT_FILE), { force: true });
      const drifted = changes.resources.length > 0;
      const found = headline({ changes, pending });
      const outcome = await changesOutcome({
        stack,
        counts: { ...counts, hasChanges: drifted },
        changes,
        headline: found,
        summaryFile: options.summary,
        cwd: effects.cwd,
        warn: note,
      });
      return {
        ...outcome,
        // A comparison changes no resources.
        counts: { add: 0, change: 0, remove: 0, replace: 0 },
        drift: found,
        exitCode: drifted ? ExitCode.changesPresent : ExitCode.done,
        result: { ...outcome.result, pending },
      };
    },
  });
}

function headline({ changes: { resources }, pending }: Drift): string {
  const drift =
    resources.length === 0
      ? 'no drift'
      : `${String(resources.length)} ${resources.length === 1 ? 'resource differs' : 'resources differ'} from the deployed configuration`;
  if (pending === 0) return drift;
  return `${drift}; ${String(pending)} configuration ${pending === 1 ? 'change' : 'changes'} not deployed yet`;
}

interface Drift {
  /** Changes made outside of Terraform, which a deploy would revert. */
  readonly changes: PlanChanges;
  /** Number of resources with configuration changes that are not deployed yet. */
  readonly pending: number;
}

/**
 * Finds drift among the differences between state and AWS. AWS fills in values after a resource was created (addresses,
 * attachments, empty lists). These differ too, but require no action. Only differences that a plan would revert count.
 */
export function driftChanges(plan: TerraformPlan, constructPath: (address: string) => string | undefined): Drift {
  const planned = new Map(planChanges(plan, constructPath).resources.map((change) => [change.address, change]));
  const changes = planChanges(plan, constructPath, { drift: true });
  const resources = changes.resources.flatMap((drifted) => putRight(drifted, planned.get(drifted.address)) ?? []);
  const addresses = new Set(resources.map(({ address }) => address));
  return {
    changes: { ...changes, resources, outputs: [] },
    pending: [...planned.keys()].filter((address) => !addresses.has(address)).length,
  };
}

/** The part of a difference that a plan would revert. */
function putRight(drifted: PlannedChange, planned: PlannedChange | undefined): PlannedChange | undefined {
  if (!planned) return undefined;
  if (drifted.action !== 'update') return drifted;
  const attributes = drifted.attributes.filter((one) => planned.attributes.some((other) => overlap(one, other)));
  return attributes.length === 0 ? undefined : { ...drifted, attributes };
}

/** Whether one path is the other path or a part of it: `ingress` and `ingress[0].from_port`. */
function overlap({ path: one }: AttributeChange, { path: other }: AttributeChange): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && /^$|^[.[]/.test(long.slice(short.length));
}
