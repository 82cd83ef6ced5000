import type { Environment } from '@nightshift/config';
import { namesFor } from '@nightshift/naming';
import {
  findImage,
  finishedScan,
  imageName,
  verdictOf,
  verdictSentence,
  type AllowedSeverity,
  type ScanRequest,
  type Verdict,
} from '@nightshift/release/scan';
import { awsError } from '../aws/aws-error';
import { callerOf, guardAccount } from '../aws/caller';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import type { RegistryClients } from './connect-registry';
import { scanReport, type ScanReport } from './scan-report';

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
  readonly effects: Pick<Effects, 'stdout' | 'exitWith' | 'now' | 'monotonic'>;
  readonly sleep: ScanRequest['sleep'];
}

/** `scan`: says whether an image of the environment's repository may run, and ends with 1 if not (R2.3). */
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
    write(json ? `${JSON.stringify({ type: 'note', text, time: effects.now().toISOString() })}\n` : `  … ${text}\n`);
  };
  const result = await finishedScan({ ...wanted, found, start, timeoutSeconds, effects, sleep, onWait });
  const { completedAt } = result;
  const verdict = verdictOf(result.findings, allowed);
  const report = { image: image.text, environment, allowed, completedAt, verdict };
  write(
    json ? `${JSON.stringify(jsonResult(report, { environment, repository, found }))}\n` : scanReport(report, colours),
  );
  effects.exitWith(exitCodeOf(verdict));
}

function exitCodeOf({ passed }: Verdict): ExitCode {
  return passed ? ExitCode.done : ExitCode.userMustAct;
}

function jsonResult(report: ScanReport, about: Pick<ScanRequest, 'environment' | 'repository' | 'found'>): object {
  const { image, allowed, completedAt, verdict } = report;
  const { environment, repository, found } = about;
  const { passed, counts, findings } = verdict;
  return {
    type: 'result',
    verb: 'scan',
    environment: environment.name,
    suffix: environment.suffix,
    status: passed ? 'succeeded' : 'failed',
    problems: passed ? [] : [`image ${image}: ${verdictSentence(verdict, allowed)}`],
    repository,
    image,
    digest: found.digest,
    allowed,
    passed,
    counts,
    findings,
    scannedAt: completedAt.toISOString(),
    exitCode: exitCodeOf(verdict),
  };
}
