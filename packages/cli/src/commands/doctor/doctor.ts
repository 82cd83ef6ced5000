import type { Environment } from '@nightshift/config';
import { type Problem, UserError } from '@nightshift/errors';
import type { findProviders, findTerraform } from '@nightshift/terraform';
import type { Command } from 'commander';
import { type ChecklistItem, checklistLine, jsonResult } from '../../console/output-text';
import type {
  Directories,
  Effects,
  LocalClouds,
  ProcessControl,
  ProcessVariables,
  Terminal,
  TerraformHandoff,
} from '../../effects';
import type { AwsClients } from '../../environment/aws-clients';
import {
  addConfigurationOption,
  chosenEnvironment,
  type ConfigurationOption,
} from '../../environment/chosen-environment';
import { ExitCode } from '../../exit-code';
import { awsChecks, localCloudCheck, quotaChecks } from './aws-checks';
import { machineChecks, machineContext } from './machine-checks';

interface Options extends ConfigurationOption {
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects, contextOf: typeof machineContext = machineContext): void {
  addConfigurationOption(command)
    .description(
      'Check the requirements of a deployment: this machine, credentials, account, Region, state bucket, quotas. Does not change anything.',
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

/** Looks at everything that a deployment of the environment needs; ends with 1 when something is not good. */
async function examine({ environment, context, effects, json = false }: ExamineProps): Promise<void> {
  const { write, colours } = effects.stdout;
  const checks = [
    ...machineChecks(environment, context),
    localCloudCheck(environment, context),
    ...awsChecks(environment, context),
    ...(await quotaChecks(environment, context)),
  ];
  if (!json) write(`Requirements of ${environment.suffix}\n`);
  const items = await runChecks(checks, (item) => {
    if (!json) write(checklistLine(item, colours));
  });
  const bad = items.filter(({ mark }) => mark === 'FAIL').length;
  const exitCode = bad === 0 ? ExitCode.done : ExitCode.userMustAct;
  write(json ? jsonResult({ verb: 'doctor', environment, exitCode, checks: items }) : conclusion(bad, items));
  effects.exitWith(exitCode);
}

function conclusion(bad: number, items: readonly ChecklistItem[]): string {
  return bad === 0 ? 'All checks passed.\n' : `${String(bad)} of ${String(items.length)} checks failed.\n`;
}

/** Runs checks side by side, each as soon as what it needs is OK; tells of them in the order of the list. */
export async function runChecks(
  checks: readonly Check[],
  onItem: (item: ChecklistItem) => void = () => undefined,
): Promise<ChecklistItem[]> {
  const running = new Map<string, Promise<ChecklistItem>>();
  for (const check of checks) {
    const item = resultOf(check, running);
    // A defect is thrown below, when it is this check's turn, and must not end the process before.
    item.catch(() => undefined);
    running.set(check.title, item);
  }
  const items: ChecklistItem[] = [];
  for (const item of running.values()) {
    items.push(await item);
    onItem(await item);
  }
  return items;
}

async function resultOf(
  { title, needs = [], look }: Check,
  running: ReadonlyMap<string, Promise<ChecklistItem>>,
): Promise<ChecklistItem> {
  for (const need of needs) {
    const before = await running.get(need);
    if (before?.mark !== 'OK') return { title, mark: 'SKIP', detail: `needs ${need}` };
  }
  try {
    return { title, ...(await look()) };
  } catch (error) {
    if (error instanceof UserError) return { title, ...notGood(error.problems) };
    throw error;
  }
}

function notGood(problems: readonly Problem[]): Finding {
  return {
    mark: 'FAIL',
    detail: problems.map(({ what, got }) => (got === undefined ? what : `${what}, got ${got}`)).join('; '),
    remedy: [...new Set(problems.map(({ todo }) => todo))].join('; '),
  };
}

/** What a check found; its title is the check's. */
export type Finding = Omit<ChecklistItem, 'title'>;

/** One thing that `doctor` looks at. */
export interface Check {
  readonly title: string;
  /** Titles of checks that must be OK before this one makes sense. They stand before it in the list. @default - none */
  readonly needs?: readonly string[];
  /** A `UserError` counts as FAIL. */
  readonly look: () => Promise<Finding>;
}

/** What the checks look at, passed in so that every state of a machine can be played. */
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
  /** What the environment needs of the quotas of its account. */
  readonly quotaChecks: TerraformHandoff['releases']['quotaChecks'];
  /** Clients for the environment's cloud. */
  readonly connect: (environment: Environment) => Promise<AwsClients>;
}
