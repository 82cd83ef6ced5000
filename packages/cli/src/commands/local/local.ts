import { join } from 'node:path';
import { listEnvironments } from '@nightshift/config';
import { ExitCode, UserError } from '@nightshift/errors';
import type { LocalCloudStatus, LocalEnvironment } from '@nightshift/local-cloud';
import { runningStatus, stoppedStatus } from '@nightshift/local-cloud/status';
import type { Command } from 'commander';
import type { Directories } from '@nightshift/stack-run';
import type { Effects } from '../../effects';
import { z } from 'zod';
import { plainResult, plainResultOf } from '../../json-result';
import { unknownAction } from '../../nightshift-command';
import { ALLOW_ENDPOINT_URL, type ProcessVariables } from '@nightshift/aws-access';
import { faultOutput, registerFault } from './fault';
import { pushOutput, registerPush } from './push';
import { runForeground } from '@nightshift/console';

export const output = {
  'local status': z.union([
    plainResult('local status', runningStatus.shape),
    plainResult('local status', stoppedStatus.shape),
  ]),
  'local push': pushOutput,
  'local fault list': faultOutput,
};

interface UpOptions {
  readonly port?: number;
  readonly timeScale?: number;
  readonly newAccount?: boolean;
  readonly quota?: Readonly<Record<string, number>>;
  readonly enforceIam?: boolean;
}

export function register(command: Command, effects: Effects): void {
  const { stdout, stderr } = effects;
  command
    .description(
      'Run the local cloud, an AWS emulator for environments with `cloud: local`. Needs no AWS account and no Docker.',
    )
    .usage('[options] up | down | status | push <tag> | fault | exec -- <program>')
    .helpCommand(false)
    .allowExcessArguments()
    .argument('[action]')
    .action((action: string | undefined) => {
      throw unknownAction(command, action);
    });

  command
    .command('up')
    .description(
      'Start the local cloud in the background. The first start installs it. It keeps running when the shell is closed.',
    )
    .option('--port <number>', 'port on 127.0.0.1 (default: 45660, or a free port)', portNumber)
    .option('--time-scale <number>', 'speed of AWS time, in seconds per second (default: 60)', timeScaleNumber)
    .option(
      '--new-account',
      'use the quotas of a new AWS account: 6 vCPUs, 6 Spot vCPUs, 5 Elastic IPs, 5 VPCs per Region',
    )
    .option('--quota <code=value>', 'set a quota, such as L-3032A538=100; can be repeated', quotaValue)
    .option('--enforce-iam', 'evaluate IAM policies for roles and users that the local cloud has issued keys to')
    .action(async ({ newAccount, quota: values, ...options }: UpOptions) => {
      const cloud = await effects.localCloud();
      const { started, ...status } = await cloud.up({
        ...options,
        ...((newAccount ?? values) && { quotas: { newAccount, values } }),
        onProgress: (message) => {
          stderr.write(`${message}\n`);
        },
      });
      stdout.write(started ? `Started. ${statusLines(status)}` : statusLines(status));
    });

  command
    .command('down')
    .description('Stop the local cloud and delete everything that was deployed to it.')
    .action(async () => {
      const { stopped } = await (await effects.localCloud()).down();
      stdout.write(stopped ? 'The local cloud is stopped.\n' : 'The local cloud was not running.\n');
    });

  command
    .command('status')
    .description('Show whether the local cloud is running, and the URL of each environment.')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const status = await (await effects.localCloud()).status();
      if (json) {
        const { 'local status': schema } = output;
        stdout.json(schema, { ...plainResultOf('local status'), ...status, exitCode: ExitCode.done });
      } else stdout.write(statusLines(status));
    });

  registerPush(command, effects);
  registerFault(command, effects);

  command
    .command('exec')
    .description('Run a program with the local cloud as its AWS endpoint. Exits with the exit code of the program.')
    .usage('-- <program> [arguments]')
    .argument('<program...>', 'the program and its arguments')
    .addHelpText('after', '\nExample:\n  npx nightshift local exec -- aws ecs list-clusters')
    .action(async (program: [string, ...string[]]) => {
      const env = await (await effects.localCloud()).childEnvironment({ region: localRegion(effects) });
      const { exitCode } = await runForeground({
        command: program,
        cwd: effects.cwd,
        env: { ...env, [ALLOW_ENDPOINT_URL]: '1' },
        effects,
        where: 'nightshift local exec',
        todo: 'use a program on PATH, for example: npx nightshift local exec -- aws s3 ls',
      });
      effects.exitWith(exitCode);
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UserError({
    where: 'nightshift local up --port',
    what: 'invalid port',
    got: text,
    todo: 'use a number from 1 to 65535',
  });
}

function quotaValue(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const [, code = '', value] = /^(L-[0-9A-F]{8})=(\d+)$/.exec(text) ?? [];
  if (value !== undefined) return { ...before, [code]: Number(value) };
  throw new UserError({
    where: 'nightshift local up --quota',
    what: 'invalid quota',
    got: text,
    todo: 'use a quota code and a whole number, such as L-3032A538=100',
  });
}

function timeScaleNumber(text: string): number {
  const scale = Number(text);
  if (text.trim() !== '' && Number.isFinite(scale) && scale > 0) return scale;
  throw new UserError({
    where: 'nightshift local up --time-scale',
    what: 'must be a number above 0',
    got: text,
    todo: 'use a number such as 60: one minute of AWS time passes in one second',
  });
}

/** The region for a program that calls the local cloud: the user's own, otherwise that of the environment. */
export function localRegion({
  env,
  root,
}: Pick<ProcessVariables, 'env'> & Pick<Directories, 'root'>): string | undefined {
  const own = [env['AWS_REGION'], env['AWS_DEFAULT_REGION']].find(Boolean);
  if (own) return own;
  try {
    return listEnvironments(join(root, 'environments')).find(({ cloud }) => cloud === 'local')?.region;
  } catch (error) {
    // An invalid environment file must not prevent the program.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function environmentLine({ suffix, region, url, testUrl }: LocalEnvironment): string {
  return `  ${suffix} in ${region}: ${url}${testUrl === null ? '' : ` (test listener: ${testUrl})`}`;
}

const NOTHING_ANSWERS = 'No environment responds yet. Next step, to deploy one: npm start';

/** The text of `local up` and `local status`. */
function statusLines(status: LocalCloudStatus): string {
  if (!status.running) {
    const died = status.diedLog === undefined ? '' : `It stopped unexpectedly. Log: ${status.diedLog}\n`;
    return `The local cloud is not running. Start it and deploy: npm start\n${died}`;
  }
  const { url, pid, startedAt, outdated, timeScale, environments } = status;
  const advice = outdated
    ? 'It runs code from another version of this checkout. Restart it: npm run stop, then npm start\n'
    : '';
  const lines = [
    `The local cloud is running at ${url} since ${startedAt} (process ${String(pid)}).`,
    `One second is ${String(timeScale)} s of AWS time.`,
    ...(environments.length === 0 ? [NOTHING_ANSWERS] : environments.map(environmentLine)),
  ];
  return `${lines.join('\n')}\n${advice}`;
}
