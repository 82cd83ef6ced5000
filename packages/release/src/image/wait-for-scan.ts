import { StartImageScanCommand } from '@aws-sdk/client-ecr';
import { everydayCommands, type Problem, UserError } from '@nightshift/errors';
import type { FoundImage } from './find-image';
import { type Finding, scanState, type ScanState, unfinishedScan } from './scan-findings';
import type { WantedImage } from './image-platform';

export interface FinishedScan {
  readonly completedAt: Date;
  readonly findings: readonly Finding[];
}

const POLL_MILLISECONDS = 5000;

const NOTE_MILLISECONDS = 15_000;

/** Maximum time from a push to the start of its scan. */
const FRESH_MILLISECONDS = 60_000;

/**
 * Waits for the result of an image's scan.
 * @throws {UserError} when there is no result, or not in time.
 */
export async function finishedScan(request: ScanRequest): Promise<FinishedScan> {
  const { timeoutSeconds, effects, sleep, onWait, found } = request;
  const began = effects.monotonic();
  const isFresh = () => effects.now().getTime() - found.pushedAt.getTime() < FRESH_MILLISECONDS;
  let started = false;
  let noted = -Infinity;
  for (;;) {
    const state = await scanState(request);
    const { completedAt, findings, status } = state;
    if (completedAt) return { completedAt, findings };
    const mayStart = request.start && !started && (status === 'NONE' || status === 'FAILED');
    if (mayStart) {
      await start(request);
      started = true;
    }
    const words =
      mayStart || (status === 'NONE' && (started || isFresh())) ? unfinishedScan('PENDING') : unfinishedScan(status);
    if (words === undefined) throw noResult(request, state);
    const waited = effects.monotonic() - began;
    if (waited >= timeoutSeconds * 1000) throw notInTime(request, state);
    if (waited - noted >= NOTE_MILLISECONDS) {
      noted = waited;
      onWait(`the scan ${words}, ${String(Math.round(waited / 1000))} s`);
    }
    await sleep(POLL_MILLISECONDS);
  }
}

async function start(request: ScanRequest): Promise<void> {
  const { ecr, repository: repositoryName, found } = request;
  try {
    await ecr.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest: found.digest } }));
  } catch (error) {
    throw cannotStart(request, error as Error);
  }
}

/** The dependencies of a wait for a scan result. */
export interface ScanRequest extends WantedImage {
  readonly found: FoundImage;
  /** Starts a scan if there is none, or if it failed. */
  readonly start: boolean;
  /** Maximum wait for the end of the scan. */
  readonly timeoutSeconds: number;
  readonly effects: {
    readonly now: () => Date;
    /** Milliseconds of a monotonic clock. */
    readonly monotonic: () => number;
  };
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Called from time to time while the scan is in progress. */
  readonly onWait: (text: string) => void;
}

interface About extends Pick<ScanRequest, 'repository' | 'image'> {
  readonly environment: Pick<ScanRequest['environment'], 'name' | 'suffix'>;
}

interface NoResult extends Pick<ScanState, 'description'> {
  /** AWS may add values. */
  readonly status: string;
}

/** There is no result, and there will not be one. */
export function noResult(about: About, { status, description }: NoResult): UserError {
  const { text } = about.image;
  switch (status) {
    case 'NONE':
      return problem(about, {
        what: `image ${text} has not been scanned`,
        todo: `scan it: ${command(about, '--start')}`,
      });
    case 'FAILED':
      return problem(about, {
        what: `the scan of image ${text} failed`,
        got: description,
        todo: `scan it again: ${command(about, '--start')}`,
      });
    case 'UNSUPPORTED_IMAGE':
      return unsupported(about, description);
    case 'SCAN_ELIGIBILITY_EXPIRED':
      return problem(about, {
        what: `image ${text} is too old to be scanned`,
        got: description,
        todo: 'push it again, or have Amazon Inspector scan images for longer',
      });
    case 'IMAGE_ARCHIVED':
      return problem(about, { what: `image ${text} is archived`, got: description, todo: 'restore it in ECR first' });
    default:
      return problem(about, {
        what: `the scan of image ${text} has no result`,
        got: [status, description].filter(Boolean).join(': '),
        todo: 'what it means: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-troubleshooting.html',
      });
  }
}

/** The user error for a failed start of a scan. */
function cannotStart(about: About, error: Error): Error {
  const got = error.message;
  const { text } = about.image;
  switch (error.name) {
    case 'UnsupportedImageTypeException':
      return unsupported(about, got);
    case 'LimitExceededException':
      return problem(about, {
        what: `image ${text} has been scanned in the last 24 hours, and ECR does that once a day`,
        got,
        todo: 'run the same command again tomorrow',
      });
    case 'ValidationException':
      return problem(about, {
        what: 'a scan cannot be started by hand, as with enhanced scanning',
        got,
        todo: 'Amazon Inspector starts it: see in the scanning settings of the registry whether this repository is among those that it scans',
      });
    default:
      return error;
  }
}

function notInTime(about: ScanRequest, { status }: Pick<ScanState, 'status'>): UserError {
  const { image, timeoutSeconds } = about;
  return problem(about, {
    what: `the scan of image ${image.text} has no result after ${String(timeoutSeconds)} s`,
    got: status,
    todo: `wait longer: ${command(about, `--timeout ${String(2 * timeoutSeconds)}`)}`,
  });
}

function unsupported(about: About, got: string | undefined): UserError {
  return problem(about, {
    what: `ECR cannot scan image ${about.image.text}`,
    got,
    todo: 'build it on a distribution that ECR knows: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-troubleshooting.html',
  });
}

function problem({ repository }: About, { got, ...rest }: Omit<Problem, 'where'>): UserError {
  // The messages of AWS end with a full stop.
  return new UserError({ where: repository, ...rest, got: got?.replace(/\.$/, '') });
}

function command({ image, environment }: About, option: string): string {
  return everydayCommands(environment).nightshift(`scan --image ${image.text} ${option}`);
}
