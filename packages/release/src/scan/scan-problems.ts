import { everydayCommands, UserError, type Problem } from '@nightshift/errors';
import type { ScanRequest } from './scan-request';
import type { ScanState } from './scan-state';

interface About extends Pick<ScanRequest, 'repository' | 'image'> {
  readonly environment: Pick<ScanRequest['environment'], 'name' | 'suffix'>;
}

interface NoResult extends Pick<ScanState, 'description'> {
  /** AWS adds to these now and then. */
  readonly status: string;
}

/** There is no result, and waiting does not bring one. */
export function noResult(about: About, { status, description }: NoResult): UserError {
  const { text } = about.image;
  switch (status) {
    case 'NONE':
      return problem(about, { what: `image ${text} was never scanned`, todo: `scan it: ${command(about, '--start')}` });
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
        what: `image ${text} is too old to be scanned any more`,
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

/** Turns what ECR answers to the start of a scan into what a user needs to know. */
export function cannotStart(about: About, error: Error): Error {
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

export function notInTime(about: ScanRequest, { status }: Pick<ScanState, 'status'>): UserError {
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
  // AWS speaks in sentences.
  return new UserError({ where: repository, ...rest, got: got?.replace(/\.$/, '') });
}

function command({ image, environment }: About, option: string): string {
  return everydayCommands(environment).nightshift(`scan --image ${image.text} ${option}`);
}
