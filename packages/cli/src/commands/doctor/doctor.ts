import type { Environment } from '@nightshift/config';
import type { ChecklistItem } from '@nightshift/release';
import type { findProviders, findTerraform } from '@nightshift/terraform';
import type { Command } from 'commander';
import { checklistLine, jsonResult } from '../../console/output-text';
import type { Directories, Effects, ProcessControl, TerraformHandoff } from '../../effects';
import type { AwsClients, LocalClouds, ProcessVariables } from '@nightshift/aws-access';
import { addConfigurationOption, chosenEnvironment, type ConfigurationOption } from '../../chosen-environment';
import { ExitCode } from '../../exit-code';
import { awsChecks, localCloudCheck, accountChecks } from './aws-checks';
import { machineChecks, machineContext } from './machine-checks';
import type { Terminal } from '@nightshift/console';

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
      await examine({ environment, context: contextOf(effects), effects, ...options });
    });
}

interface ExamineProps {
  readonly environment: Environment;
  readonly context: DoctorContext;
  readonly effects: Pick<Terminal, 'stdout'> & Pick<ProcessControl, 'exitWith'>;
  readonly json?: boolean;
}

/** Checks the requirements of a deployment. Exits with 1 if a check fails. */
async function examine({ environment, context, effects, json = false }: ExamineProps): Promise<void> {
  const { write, colours } = effects.stdout;
  const checks = [
    ...machineChecks(environment, context),
    localCloudCheck(environment, context),
    ...awsChecks(environment, context),
    ...(await accountChecks(environment, context)),
  ];
  if (!json) write(`Requirements of ${environment.suffix}\n`);
  const { runChecks } = await import('@nightshift/release');
  const items = await runChecks(checks, (item) => {
    if (!json) write(checklistLine(item, colours));
  });
  const failed = items.filter(({ mark }) => mark === 'FAIL').length;
  const exitCode = failed === 0 ? ExitCode.done : ExitCode.userMustAct;
  write(json ? jsonResult({ verb: 'doctor', environment, exitCode, checks: items }) : conclusion(failed, items));
  effects.exitWith(exitCode);
}

function conclusion(failed: number, items: readonly ChecklistItem[]): string {
  return failed === 0 ? 'All checks passed.\n' : `${String(failed)} of ${String(items.length)} checks failed.\n`;
}

/** Everything that the checks read; tests pass fakes. */
export interface DoctorContext {
  readonly effects: ProcessVariables & Pick<Directories, 'root'> & LocalClouds;
  /** Of the running Node.js, such as `20.20.2`. */
  readonly nodeVersion: string;
  /** Writes a file into a directory and removes it. @throws {Error} when that is not possible. */
  readonly tryToWrite: (directory: string) => Promise<void>;
  /** @throws {UserError} when there is none that the local cloud can run on. */
  readonly findPython: (
    env: ProcessVariables['env'],
  ) => Promise<{ readonly version: string; readonly executable: string }>;
  readonly findTerraform: typeof findTerraform;
  readonly findProviders: typeof findProviders;
  /** What the environment needs of its account: quotas, and the images that run. */
  readonly accountChecks: TerraformHandoff['releases']['accountChecks'];
  /** Restores what a release left suspended that ended while nobody watched it. */
  readonly finishEnded: TerraformHandoff['releases']['finishEnded'];
  /** Clients for the environment's cloud. */
  readonly connect: (environment: Environment) => Promise<AwsClients>;
}
