import type { Environment } from '@nightshift/config';
import { everydayCommands } from '@nightshift/errors';
import type { AwsClients } from '../aws/connect-environment';
import { checklistLine } from '../checklist/checklist-line';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { jsonResult } from '../json-result';
import { ensureStateBucket, type EnsuredBucket } from '../state-bucket/ensure-state-bucket';
import { isChange, type SettingReport } from '../state-bucket/setting-report';

export interface BootstrapOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

interface BootstrapProps extends BootstrapOptions {
  readonly aws: AwsClients;
  readonly environment: Environment;
  readonly effects: Pick<Effects, 'stdout' | 'exitWith'>;
}

/** Creates or repairs the state bucket, or with `check` says what it would do and ends with 2 if there is something. */
export async function bootstrapEnvironment(props: BootstrapProps): Promise<EnsuredBucket> {
  const { aws, environment, effects, check = false, json = false } = props;
  const { write, colours } = effects.stdout;
  const { state, region } = environment;
  if (!json) write(`State bucket ${state.bucket} in ${region}\n`);
  const onSetting = (report: SettingReport) => {
    if (json) return;
    const { setting: title, outcome, was } = report;
    const detail = was === undefined ? outcome : `${outcome}, ${check ? 'is' : 'was'} ${was}`;
    write(checklistLine({ mark: check && isChange(report) ? 'NG' : 'OK', title, detail }, colours));
  };
  const result = await ensureStateBucket({ aws, environment, check, onSetting });
  const exitCode = check && result.changed ? ExitCode.changesPresent : ExitCode.done;
  write(
    json
      ? jsonResult({ verb: 'bootstrap', environment, exitCode, check, ...result })
      : conclusion(result, check, environment),
  );
  effects.exitWith(exitCode);
  return result;
}

function conclusion({ settings, changed }: EnsuredBucket, check: boolean, environment: Environment): string {
  if (!changed) return 'Everything is as it should be; nothing was changed.\n';
  const number = settings.filter(isChange).length;
  return check
    ? `${String(number)} of ${String(settings.length)} would change: ${everydayCommands(environment).nightshift('bootstrap')}\n`
    : `${String(number)} of ${String(settings.length)} changed.\n`;
}
