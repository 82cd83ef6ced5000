import type { Environment } from '@nightshift/config';
import { everydayCommands, ExitCode } from '@nightshift/errors';
import { type Command, Option } from 'commander';
import { checklistLine, type Keyboard, type Terminal, type ProcessControl } from '@nightshift/console';
import { addYesOption, addConfigurationOption, chosenEnvironment, type ConfigurationOption } from '../verb-options';
import { confirmLoss, requireAnswer, type YesOption } from '@nightshift/stack-run';
import type { Effects } from '../effects';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import { type AwsClients, connectEnvironment, endpointLines } from '@nightshift/aws-access';
import {
  isChange,
  type SettingReport,
  type EnsuredBucket,
  ensuredBucket,
  ensureStateBucket,
  removedBucket,
  removeStateBucket,
} from '@nightshift/state-bucket';

const ensured = environmentResult('bootstrap', {
  check: z.boolean().describe('With `--check`, nothing was changed.'),
  ...ensuredBucket.shape,
});

const removed = environmentResult('bootstrap', removedBucket.shape).describe('With `--remove`.');

export const output = { bootstrap: z.union([ensured, removed]) };

interface Options extends ConfigurationOption, YesOption {
  readonly check?: boolean;
  readonly remove?: boolean;
  readonly json?: boolean;
}

/** @param connect connects to AWS. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addYesOption(addConfigurationOption(command), ' of --remove; required with --json')
    .description(
      'Create the state bucket of an environment, its KMS key and the bucket for its access logs, or repair their settings. Safe to run again.',
    )
    .option('--check', 'only report; exit with 2 if there are settings to change')
    .addOption(
      new Option('--remove', 'delete the buckets and the key; fails if a state still has resources').conflicts('check'),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift bootstrap -c dev            before the first deployment
  npx nightshift bootstrap -c dev --check    report without changing anything
  npx nightshift bootstrap -c dev --remove   after the last destroy`,
    )
    .action(async (options: Options) => {
      const environment = chosenEnvironment('bootstrap', options, effects);
      const asks = options.remove && !options.yes && (effects.interactive || options.json);
      if (asks) requireAnswer('nightshift bootstrap', effects, options.json);
      const aws = await connect(environment, effects);
      if (asks) await confirmRemoval(environment, effects);
      if (options.remove) await removeEnvironment({ aws, environment, effects, ...options });
      else await bootstrapEnvironment({ aws, environment, effects, ...options });
      if (!options.json) (await endpointLines(environment, effects)).forEach(effects.stdout.write);
    });
}

async function confirmRemoval({ suffix, state }: Environment, effects: Pick<Keyboard, 'ask'>): Promise<void> {
  const text = `This deletes the state bucket ${state.bucket}, all versions of the states in it, its access logs and its KMS key.`;
  await confirmLoss({ where: 'nightshift bootstrap', suffix, text, kept: 'nothing was deleted' }, effects);
}

interface BootstrapOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

interface BootstrapProps extends BootstrapOptions {
  readonly aws: AwsClients;
  readonly environment: Environment;
  readonly effects: Pick<Terminal, 'stdout'> & Pick<ProcessControl, 'exitWith'>;
}

/** Creates or repairs the state bucket. With `check`, only reports, and exits with 2 if there is something to change. */
async function bootstrapEnvironment(props: BootstrapProps): Promise<EnsuredBucket> {
  const { aws, environment, effects, check = false, json = false } = props;
  const { write, colours } = effects.stdout;
  const { state, region } = environment;
  if (!json) write(`State bucket ${state.bucket} in ${region}\n`);
  const onSetting = (report: SettingReport) => {
    if (json) return;
    const { setting: title, outcome, was } = report;
    const detail = was === undefined ? outcome : `${outcome}, ${check ? 'is' : 'was'} ${was}`;
    write(checklistLine({ mark: check && isChange(report) ? 'FAIL' : 'OK', title, detail }, colours));
  };
  const result = await ensureStateBucket({ aws, environment, check, onSetting });
  const exitCode = check && result.changed ? ExitCode.changesPresent : ExitCode.done;
  if (json)
    effects.stdout.json(ensured, { ...resultOf({ verb: 'bootstrap', environment }), check, ...result, exitCode });
  else write(conclusion(result, check, environment));
  effects.exitWith(exitCode);
  return result;
}

function conclusion({ settings, changed }: EnsuredBucket, check: boolean, environment: Environment): string {
  if (!changed) return 'Up to date: nothing was changed.\n';
  const number = settings.filter(isChange).length;
  return check
    ? `${String(number)} of ${String(settings.length)} settings would change. To apply: ${everydayCommands(environment).nightshift('bootstrap')}\n`
    : `${String(number)} of ${String(settings.length)} settings changed.\n`;
}

interface RemoveProps {
  readonly aws: AwsClients;
  readonly environment: Environment;
  readonly effects: Pick<Terminal, 'stdout'>;
  readonly json?: boolean;
}

/** Deletes the state bucket, its access logs and its key, and prints the outcome. */
async function removeEnvironment({ aws, environment, effects, json = false }: RemoveProps): Promise<void> {
  const { write, colours } = effects.stdout;
  const { bucket, logs, key } = await removeStateBucket(aws, environment);
  if (json) {
    const result = resultOf({ verb: 'bootstrap', environment });
    effects.stdout.json(removed, { ...result, bucket, logs, key, exitCode: ExitCode.done });
    return;
  }
  const until = key.deletedOn === undefined ? '' : ` on ${key.deletedOn}`;
  write(checklistLine({ mark: 'OK', title: `bucket ${bucket.name}`, detail: bucket.outcome }, colours));
  write(checklistLine({ mark: 'OK', title: `bucket ${logs.name}`, detail: logs.outcome }, colours));
  write(checklistLine({ mark: 'OK', title: `KMS key ${key.alias}`, detail: key.outcome + until }, colours));
}
