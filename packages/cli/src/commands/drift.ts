import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TerraformPlan } from '@nightshift/terraform';
import type { Command } from 'commander';
import type { Directories, Effects, Synthesis } from '../effects';
import { ExitCode } from '../exit-code';
import { addStackArguments, chosenStack, type StackVerbOptions } from '../stack-run/chosen-stack';
import {
  type AttributeChange,
  noChanges,
  planChanges,
  type PlanChanges,
  type PlannedChange,
} from '../stack-run/plan-changes';
import { changesOutcome } from '../stack-run/plan-text';
import { runStack, type RunEffects } from '../stack-run/run-stack';

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .description(
      'Compare one stack with AWS and show the changes made outside of Terraform, which a deploy would revert. Exits with 2 if there are any. Does not change anything and does not lock the state.',
    )
    .option('--summary <file>', 'append the differences to a file as Markdown, such as $GITHUB_STEP_SUMMARY')
    .addHelpText('after', '\nExample:\n  npx nx run network:drift -c dev')
    .action(async (stack: string | undefined, options: DriftOptions) => {
      await driftOfStack(stack, options, effects);
    });
}

interface DriftOptions extends StackVerbOptions {
  readonly summary?: string;
}

/** What the comparison is kept in for as long as it takes to read it. */
const DRIFT_FILE = 'drift.tfplan';

/** `drift` */
async function driftOfStack(
  name: string | undefined,
  options: DriftOptions,
  effects: RunEffects & Directories & Synthesis,
): Promise<void> {
  const stack = await chosenStack('drift', name, options, effects);
  await runStack({
    verb: 'drift',
    stack,
    json: options.json ?? false,
    effects,
    act: async (terraform, { note }) => {
      const counts = await terraform.plan({ out: DRIFT_FILE, lock: false });
      // Where a deploy would change nothing, nothing has drifted.
      const { changes, pending } = counts.hasChanges
        ? driftChanges(await terraform.show(DRIFT_FILE), stack.constructPath)
        : { changes: noChanges, pending: 0 };
      await rm(join(stack.absoluteDirectory, DRIFT_FILE), { force: true });
      const drifted = changes.resources.length > 0;
      const outcome = await changesOutcome({
        stack,
        counts: { ...counts, hasChanges: drifted },
        changes,
        headline: headline({ changes, pending }),
        summaryFile: options.summary,
        cwd: effects.cwd,
        warn: note,
      });
      return {
        ...outcome,
        // A comparison does nothing.
        counts: { add: 0, change: 0, remove: 0, replace: 0 },
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
  /** What others have changed and a deploy would put right. */
  readonly changes: PlanChanges;
  /** How many resources a deploy would touch for another reason: the configuration has changed. */
  readonly pending: number;
}

/**
 * Tells drift from all else that differs between the state and the world. AWS fills in values after a resource was made
 * (addresses, attachments, empty lists): those differ as well, but nobody has to act on them. So only that counts which a plan
 * would change back.
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

/** The part of a difference that a plan would change back. */
function putRight(drifted: PlannedChange, planned: PlannedChange | undefined): PlannedChange | undefined {
  if (!planned) return undefined;
  if (drifted.action !== 'update') return drifted;
  const attributes = drifted.attributes.filter((one) => planned.attributes.some((other) => overlap(one, other)));
  return attributes.length === 0 ? undefined : { ...drifted, attributes };
}

/** Whether one is the other or a part of it: `ingress` and `ingress[0].from_port`. */
function overlap({ path: one }: AttributeChange, { path: other }: AttributeChange): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && /^$|^[.[]/.test(long.slice(short.length));
}
