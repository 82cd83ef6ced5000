import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Summary } from '@nightshift/terraform';
import type { AgreementNote } from '../agreement/agreement-note';
import type { Effects } from '../effects';
import type { Outcome } from '../run/outcome';
import type { ChosenStack } from '../stack/chosen-stack';
import { keepRecord } from '../system-error';
import type { PlanChanges } from './plan-changes';
import { planMarkdown } from './plan-markdown';
import { planText } from './plan-text';

interface ChangesReport {
  readonly stack: ChosenStack;
  readonly counts: Summary;
  readonly changes: PlanChanges;
  /** Such as `1 to add, 0 to change, 0 to destroy`. */
  readonly headline: string;
  /** What a reader of the changes must know. @default - nothing */
  readonly note?: string | undefined;
  /** What Terraform leaves to releases. @default - nothing */
  readonly agreement?: AgreementNote | undefined;
  /** Where the changes are appended as Markdown, relative to where the user stands. */
  readonly summaryFile: string | undefined;
  readonly cwd: Effects['cwd'];
  readonly warn: (text: string) => void;
}

/** Reports changes: to a person, to a program, and to the file that `--summary` names. */
export async function changesOutcome(report: ChangesReport): Promise<Outcome> {
  const { stack, counts, changes, headline, note, agreement, summaryFile, cwd, warn } = report;
  if (summaryFile !== undefined) {
    const title = `${stack.name} in ${stack.environment.suffix}: ${headline}`;
    const markdown = planMarkdown(title, changes, joined(note, agreement?.markdown));
    await keepRecord('the summary', () => appendFile(resolve(cwd, summaryFile), markdown), warn);
  }
  return {
    counts,
    result: {
      hasChanges: counts.hasChanges,
      changes: changes.resources,
      outputChanges: changes.outputs,
      ...(agreement && { release: agreement.json }),
    },
    lines: (elapsed, colours) => [
      `${headline} (${elapsed})`,
      ...(note === undefined ? [] : [`  ${colours.yellow('!')} ${note}`]),
      ...planText(changes, colours),
      ...(agreement?.lines(colours) ?? []),
    ],
  };
}

function joined(...notes: readonly (string | undefined)[]): string | undefined {
  const known = notes.filter((note) => note !== undefined);
  return known.length === 0 ? undefined : known.join('\n\n');
}
