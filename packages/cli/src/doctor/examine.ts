import type { Environment } from '@nightshift/config';
import { checklistLine, type ChecklistItem } from '../checklist/checklist-line';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { jsonResult } from '../json-result';
import { awsChecks, quotaChecks } from './aws-checks';
import type { DoctorContext } from './doctor-context';
import { localCloudCheck } from './local-cloud-check';
import { machineChecks } from './machine-checks';
import { runChecks } from './run-checks';

interface ExamineProps {
  readonly environment: Environment;
  readonly context: DoctorContext;
  readonly effects: Pick<Effects, 'stdout' | 'exitWith'>;
  readonly json?: boolean;
}

/** Looks at everything that a deployment of the environment needs; ends with 1 when something is not good. */
export async function examine({ environment, context, effects, json = false }: ExamineProps): Promise<void> {
  const { write, colours } = effects.stdout;
  const checks = [
    ...machineChecks(environment, context),
    localCloudCheck(environment, context),
    ...awsChecks(environment, context),
    ...(await quotaChecks(environment, context)),
  ];
  if (!json) write(`What ${environment.suffix} needs\n`);
  const items = await runChecks(checks, (item) => {
    if (!json) write(checklistLine(item, colours));
  });
  const bad = items.filter(({ mark }) => mark === 'NG').length;
  const exitCode = bad === 0 ? ExitCode.done : ExitCode.userMustAct;
  write(json ? jsonResult({ verb: 'doctor', environment, exitCode, checks: items }) : conclusion(bad, items));
  effects.exitWith(exitCode);
}

function conclusion(bad: number, items: readonly ChecklistItem[]): string {
  return bad === 0
    ? 'Everything is ready.\n'
    : `${String(bad)} of ${String(items.length)} must be put right before a deployment.\n`;
}
