import type { Environment } from '@nightshift/config';
import { UserError, type Problem } from '@nightshift/errors';
import { checklistLine } from '../checklist/checklist-line';
import type { DoctorContext } from '../doctor/doctor-context';
import { machineChecks } from '../doctor/machine-checks';
import { runChecks } from '../doctor/run-checks';
import type { Output } from '../effects';

/** @throws {UserError} with everything that this machine lacks, at once. */
export async function requireMachine(
  environment: Pick<Environment, 'cloud'>,
  context: DoctorContext,
  { write, colours }: Pick<Output, 'write' | 'colours'>,
): Promise<void> {
  const items = await runChecks(machineChecks(environment, context), (item) => {
    write(checklistLine(item, colours));
  });
  const [first, ...others] = items
    .filter(({ mark }) => mark === 'NG')
    .map(({ title, detail, remedy }): Problem => ({ where: title, what: detail, todo: String(remedy) }));
  if (first) throw new UserError(first, ...others);
}
