import { setTimeout } from 'node:timers/promises';
import type { Environment } from '@nightshift/config';
import { noteLine, time } from '@nightshift/console/json';
import { namesFor } from '@nightshift/naming';
import {
  allowedSeverities,
  type AllowedSeverity,
  findImage,
  finishedScan,
  imageName,
  scanFinding,
  type ScanReport,
  scanReport,
  type ScanRequest,
  type Verdict,
  verdictOf,
  verdictSentence,
} from '@nightshift/release/scan';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Terminal, Time, ProcessControl } from '@nightshift/console';
import type { Effects } from '../effects';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import {
  callerOf,
  connectRegistry,
  guardAccount,
  awsError,
  endpointLines,
  type RegistryClients,
} from '@nightshift/aws-access';
import { addConfigurationOption, chosenEnvironment, type ConfigurationOption } from '../verb-options';
import { ExitCode } from '@nightshift/errors';

const result = environmentResult('scan', {
  repository: z.string(),
  image: z.string().describe('As entered by the user.'),
  digest: z.string(),
  allowed: z.enum(allowedSeverities).describe('The highest allowed severity.'),
  passed: z.boolean(),
  counts: z.record(z.string(), z.number()).describe('Number of findings by severity.'),
  findings: z.array(scanFinding).describe('The most severe first.'),
  scannedAt: time,
});

export const output = { scan: z.discriminatedUnion('type', [noteLine, result]) };

interface World {
  /** Connects to AWS. */
  readonly connect: typeof connectRegistry;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export function register(
  command: Command,
  effects: Effects,
  { connect, sleep }: World = { connect: connectRegistry, sleep: setTimeout },
): void {
  addConfigurationOption(command)
    .description(
      "Check an image of the environment's repository for vulnerabilities. Waits for the scan to finish. Exits with 1 if a finding is more severe than allowed.",
    )
    .option('--image <tag or digest>', 'image to check, such as 1.4.2 or sha256:…')
    .addOption(
      new Option(
        '--allow <severity>',
        'highest allowed severity (default: registry.highestSeverity in the environment file)',
      ).choices(allowedSeverities),
    )
    .option('--start', 'start a scan if there is none, or if it failed')
    .option('--timeout <seconds>', 'time to wait for the scan', wholeSeconds, 300)
    .option('--json', 'print one JSON object per line; the last one has type result and all findings')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift scan --image 1.4.2 -c dev
  npx nightshift scan --image 1.4.2 -c prod --allow MEDIUM   with a stricter limit`,
    )
    .action(async (options: ScanOptions & ConfigurationOption) => {
      const environment = chosenEnvironment('scan', options, effects);
      const clients = await connect(environment, effects);
      await scanImage({ environment, clients, options, effects, sleep });
      if (!options.json) (await endpointLines(environment, effects)).forEach(effects.stdout.write);
    });
}

function wholeSeconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Expected a whole number of seconds.');
  return Number(text);
}

export interface ScanOptions {
  readonly image?: string;
  readonly allow?: AllowedSeverity;
  readonly start?: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

interface ScanProps {
  readonly environment: Environment;
  readonly clients: RegistryClients;
  readonly options: ScanOptions;
  readonly effects: Pick<Terminal, 'stdout'> & Pick<Time, 'now' | 'monotonic'> & Pick<ProcessControl, 'exitWith'>;
  readonly sleep: ScanRequest['sleep'];
}

/** `scan`: checks an image of the environment's repository, and exits with 1 if it is refused (R2.3). */
export async function scanImage(props: ScanProps): Promise<void> {
  try {
    await scan(props);
  } catch (error) {
    throw awsError(error, `images of ${props.environment.suffix}`);
  }
}

async function scan({ environment, clients, options, effects, sleep }: ScanProps): Promise<void> {
  const { ecr, sts } = clients;
  const { start = false, timeout: timeoutSeconds, json = false } = options;
  const { allow: allowed = environment.registry.highestSeverity } = options;
  const { write, colours } = effects.stdout;
  const image = imageName(options.image, 'nightshift scan');
  guardAccount(environment, await callerOf(sts));
  const repository = namesFor(environment.suffix).of('ecr-repository');
  const wanted = { ecr, repository, image, environment };
  const found = await findImage(wanted);
  if (!json) write(`${repository} in ${environment.region}\n`);
  const onWait = (text: string) => {
    if (json) effects.stdout.json(noteLine, { type: 'note', text, time: effects.now() });
    else write(`  … ${text}\n`);
  };
  const finished = await finishedScan({ ...wanted, found, start, timeoutSeconds, effects, sleep, onWait });
  const { completedAt } = finished;
  const verdict = verdictOf(finished.findings, allowed);
  const report = { image: image.text, environment, allowed, completedAt, verdict };
  if (json) printResult(effects, report, { environment, repository, found });
  else write(scanReport(report, colours));
  effects.exitWith(exitCodeOf(verdict));
}

function exitCodeOf({ passed }: Verdict): ExitCode {
  return passed ? ExitCode.done : ExitCode.userMustAct;
}

function printResult(
  { stdout }: Pick<Terminal, 'stdout'>,
  { image, allowed, completedAt, verdict }: ScanReport,
  { environment, repository, found }: Pick<ScanRequest, 'environment' | 'repository' | 'found'>,
): void {
  const { passed, counts, findings } = verdict;
  const problems = passed ? [] : [`image ${image}: ${verdictSentence(verdict, allowed)}`];
  stdout.json(result, {
    ...resultOf({ verb: 'scan', environment, problems }),
    repository,
    image,
    digest: found.digest,
    allowed,
    passed,
    counts,
    findings,
    scannedAt: completedAt,
    exitCode: exitCodeOf(verdict),
  });
}
