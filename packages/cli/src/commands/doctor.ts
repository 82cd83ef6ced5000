import { join } from 'node:path';
import { type Environment, warningsAbout } from '@nightshift/config';
import { type Terminal, type ProcessControl, checklistLine } from '@nightshift/console';
import { describeProblem, ExitCode } from '@nightshift/errors';
import { type Check, checklistItem, type ChecklistItem, failedChecks, runChecks } from '@nightshift/release/checklist';
import type { Command } from 'commander';
import { addConfigurationOption, chosenEnvironment, type ConfigurationOption } from '../verb-options';
import type { Directories } from '@nightshift/stack-run';
import type { Effects } from '../effects';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import {
  accountChecks,
  awsChecks,
  localCloudCheck,
  machineChecks,
  machineContext,
  type RequirementsContext,
} from '@nightshift/requirements';
import { narrowEnvFiles } from '../env-files';

export const output = { doctor: environmentResult('doctor', { checks: z.array(checklistItem) }) };

interface Options extends ConfigurationOption {
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects, contextOf: typeof machineContext = machineContext): void {
  addConfigurationOption(command)
    .description(
      'Check the requirements of a deployment: this machine, credentials, account, Region, state bucket, quotas. Changes nothing, except that it restores the auto-scaling of a release that ended unwatched.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  npx nightshift doctor -c dev')
    .action(async (options: Options) => {
      const environment = chosenEnvironment('doctor', options, effects);
      const verbs = command.parent?.commands.map((verb) => verb.name()) ?? [];
      await examine({ environment, verbs, context: contextOf(effects), effects, ...options });
    });
}

interface ExamineProps {
  readonly environment: Environment;
  readonly context: RequirementsContext;
  /** All verbs of the command; each can have `.env` files of its own. */
  readonly verbs: readonly string[];
  readonly effects: Pick<Terminal, 'stdout'> & Pick<ProcessControl, 'exitWith'> & Pick<Directories, 'root'>;
  readonly json?: boolean;
}

/** Checks the requirements of a deployment. Exits with 1 if a check fails. */
async function examine({ environment, context, verbs, effects, json = false }: ExamineProps): Promise<void> {
  const { write, colours } = effects.stdout;
  const checks = [
    ...machineChecks(environment, context),
    fileCheck(environment, effects.root),
    localCloudCheck(environment, context),
    ...awsChecks(environment, context, () => narrowEnvFiles(effects.root, environment.name, verbs)),
    ...(await accountChecks(environment, context)),
  ];
  if (!json) write(`Requirements of ${environment.suffix}\n`);
  const items = await runChecks(checks, (item) => {
    if (!json) write(checklistLine(item, colours));
  });
  const problems = failedChecks(items).map(describeProblem);
  const exitCode = problems.length === 0 ? ExitCode.done : ExitCode.userMustAct;
  const result = resultOf({ verb: 'doctor', environment, problems });
  if (json) effects.stdout.json(output.doctor, { ...result, checks: items, exitCode });
  else write(conclusion(problems.length, items));
  effects.exitWith(exitCode);
}

/** The warnings of `nightshift environments` about this environment's file. */
function fileCheck({ name }: Environment, root: string): Check {
  const directory = join(root, 'environments');
  const file = `environments/${name}.yaml`;
  return {
    title: 'environment file',
    run: () => {
      const warnings = warningsAbout(directory, name);
      if (warnings.length === 0) return Promise.resolve({ mark: 'OK', detail: file });
      const detail = warnings.map(
        ({ where, what, got }) => `${where} ${what}${got === undefined ? '' : `, got ${got}`}`,
      );
      return Promise.resolve({
        mark: 'WARN',
        detail: detail.join('; '),
        remedy: warnings.map(({ todo }) => todo).join('; '),
      });
    },
  };
}

function conclusion(failed: number, items: readonly ChecklistItem[]): string {
  return failed === 0 ? 'All checks passed.\n' : `${String(failed)} of ${String(items.length)} checks failed.\n`;
}
