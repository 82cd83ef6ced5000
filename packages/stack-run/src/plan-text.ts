import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Colours, fencedBlock, plainText } from '@nightshift/console';
import { keepRecord } from '@nightshift/files';
import type { Summary } from '@nightshift/terraform';
import { createColors } from 'picocolors';
import type { ChosenStack } from './chosen-stack';
import type { Directories } from './effects';
import { actionWords } from './event-line';
import type { HandoffNote } from './pending-release';
import {
  type AttributeChange,
  type PlanChanges,
  type PlannedAction,
  type PlannedChange,
  attributeChange,
  plannedChangeSchema,
} from './plan-changes';
import { z } from 'zod';
import type { Outcome } from './run-stack';

const planned: Readonly<Record<PlannedAction, string>> = {
  create: 'is created',
  update: 'is updated',
  replace: 'is replaced',
  delete: 'is destroyed',
  remove: 'is forgotten, and stays in AWS',
  import: 'is imported',
  move: 'is moved',
};

/** Changes outside of Terraform since the last deploy. */
const drifted: typeof planned = { ...planned, create: 'has appeared', update: 'was changed', delete: 'was removed' };

/** The changes of a plan: a line per resource, and below it a line per attribute. */
export function planText({ kind, resources, outputs }: PlanChanges, colours: Colours): readonly string[] {
  return [
    ...resources.flatMap((change) => [
      resourceLine(change, kind, colours),
      ...attributeLines(change.attributes, colours),
    ]),
    ...(outputs.length === 0 ? [] : ['  outputs', ...attributeLines(outputs, colours)]),
  ];
}

function resourceLine(change: PlannedChange, kind: PlanChanges['kind'], colours: Colours): string {
  const { address, constructPath, action, reason } = change;
  const { mark, colour } = actionWords[action];
  const words = (kind === 'plan' ? planned : drifted)[action];
  const path = constructPath === undefined ? '' : ` ${colours.dim(`(${constructPath})`)}`;
  return `  ${colours[colour](mark)} ${address}${path} ${words}${reason === undefined ? '' : `, ${reason}`}`;
}

function attributeLines(attributes: readonly AttributeChange[], { dim, magenta }: Colours): readonly string[] {
  return attributes.map(({ path, before, after, forcesReplacement }) => {
    const forces = forcesReplacement ? ` ${magenta('(forces replacement)')}` : '';
    return `      ${path}: ${before} ${dim('→')} ${after}${forces}`;
  });
}

/**
 * Changes as Markdown, for a job's summary or a comment on a pull request.
 * @param note Markdown.
 */
export function planMarkdown(title: string, changes: PlanChanges, note?: string): string {
  const text = planText(changes, createColors(false));
  const heading = `### ${plainText(title)}\n\n${note === undefined ? '' : `${note}\n\n`}`;
  if (text.length === 0) return heading;
  return `${heading}<details><summary>Changes</summary>\n\n${fencedBlock(text)}\n\n</details>\n\n`;
}

export const changesFields = z.object({
  hasChanges: z.boolean(),
  changes: z.array(plannedChangeSchema),
  outputChanges: z.array(attributeChange).describe('Changes of the values that the stack publishes.'),
});

interface ChangesReport {
  readonly stack: ChosenStack;
  readonly counts: Summary;
  readonly changes: PlanChanges;
  /** Such as `1 to add, 0 to change, 0 to destroy`. */
  readonly headline: string;
  /** A note above the changes. @default - none */
  readonly note?: string | undefined;
  /** The changes that Terraform leaves to releases. @default - none */
  readonly handoff?: HandoffNote | undefined;
  /** Where the changes are appended as Markdown, relative to the directory of the user. */
  readonly summaryFile: string | undefined;
  readonly cwd: Directories['cwd'];
  readonly warn: (text: string) => void;
}

/** Reports changes: to a person, to a program, and to the file that `--summary` names. */
export async function changesOutcome(
  report: ChangesReport,
): Promise<Outcome<typeof changesFields> & Required<Pick<Outcome<typeof changesFields>, 'result'>>> {
  const { stack, counts, changes, headline, note, handoff, summaryFile, cwd, warn } = report;
  if (summaryFile !== undefined) {
    const title = `${stack.name} in ${stack.environment.suffix}: ${headline}`;
    const markdown = planMarkdown(title, changes, joined(note, handoff?.markdown));
    await keepRecord('the summary', () => appendFile(resolve(cwd, summaryFile), markdown), warn);
  }
  return {
    counts,
    result: {
      hasChanges: counts.hasChanges,
      changes: changes.resources,
      outputChanges: changes.outputs,
    },
    ...(handoff && { release: handoff.json }),
    lines: (elapsed, colours) => [
      `${headline} (${elapsed})`,
      ...(note === undefined ? [] : [`  ${colours.yellow('!')} ${note}`]),
      ...planText(changes, colours),
      ...(handoff?.lines(colours) ?? []),
    ],
  };
}

function joined(...notes: readonly (string | undefined)[]): string | undefined {
  const known = notes.filter((note) => note !== undefined);
  return known.length === 0 ? undefined : known.join('\n\n');
}
