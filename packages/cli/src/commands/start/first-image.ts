import type { ECRClient } from '@aws-sdk/client-ecr';
import { awsError, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { type Terminal, type Time, type ProcessControl, checklistLine } from '@nightshift/console';
import { UserError } from '@nightshift/errors';
import { namesFor } from '@nightshift/naming';
import type { Directories } from '@nightshift/stack-run';
import { pushImage, type ServiceAnswer } from '@nightshift/dev-loop';
import { localAddress } from '../url';

interface FirstImageProps {
  readonly environment: Environment;
  readonly ecr: ECRClient;
  readonly effects: Terminal & ProcessVariables & Directories & ProcessControl & LocalClouds;
}

/**
 * Pushes the image of the environment file, a healthy batch processor, unless it exists in the repository.
 * @returns whether it pushed the image.
 * @throws {UserError} when the image is missing and cannot be built.
 */
export async function firstImage({ environment, ecr, effects }: FirstImageProps): Promise<boolean> {
  const { stdout } = effects;
  const { image } = environment.container;
  const report = (detail: string) => {
    stdout.write(checklistLine({ mark: 'OK', title: 'image', detail }, stdout.colours));
  };
  const name = image.by === 'tag' ? image.tag : image.digest;
  if ((await imageState(ecr, environment)) === 'pushed') {
    report(`${name} exists in the repository`);
    return false;
  }
  if (image.by === 'digest') {
    throw new UserError({
      where: 'container.image',
      what: 'the image is not in the repository, and start builds an image only for a tag',
      got: name,
      todo: 'push the image, or name a tag in the environment file, then run npm start again',
    });
  }
  await pushImage({ environment, tag: image.tag, behaves: 'healthy', ecr, effects, where: 'nightshift start' });
  report(`${name} pushed: the batch processor of this checkout`);
  return true;
}

/** Whether the repository has the image of the environment file. */
export async function imageState(
  ecr: ECRClient,
  { container: { image }, suffix }: Environment,
): Promise<'no repository' | 'no image' | 'pushed'> {
  const { hasImage } = await import('@nightshift/release/scan');
  const repository = namesFor(suffix).of('ecr-repository');
  try {
    return (await hasImage(ecr, repository, image.by === 'tag' ? { tag: image.tag } : { digest: image.digest }))
      ? 'pushed'
      : 'no image';
  } catch (error) {
    if ((error as Error).name === 'RepositoryNotFoundException') return 'no repository';
    throw awsError(error, 'nightshift start');
  }
}

const PATIENCE_MS = 180_000;

const PAUSE_MS = 500;

/** How to wait for a service. */
export interface ServiceWait {
  /** Undefined without a response. */
  readonly serviceAnswer: (url: string) => Promise<ServiceAnswer | undefined>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

interface FirstAnswerProps {
  readonly environment: Environment;
  readonly effects: Terminal & Time & LocalClouds;
  readonly context: ServiceWait;
}

/** The service of a deployed environment. */
export interface StartedService {
  readonly url: string;
  /** The version in the response. */
  readonly version: string;
}

/**
 * Waits until a task of the environment responds through the load balancer.
 * @throws {UserError} when no task responds within three minutes.
 */
export async function firstAnswer({ environment, effects, context }: FirstAnswerProps): Promise<StartedService> {
  const { stdout, monotonic } = effects;
  const { suffix, loadBalancer } = environment;
  const end = monotonic() + PATIENCE_MS;
  for (let waited = false; ; waited = true) {
    const url = await localAddress(environment, effects);
    const answer =
      url === undefined ? undefined : await context.serviceAnswer(`${url}${loadBalancer.healthCheck.path}`);
    if (url !== undefined && answer?.status === 200) {
      const { version = 'unknown' } = answer;
      const detail = `version ${version} responds at ${url}`;
      stdout.write(checklistLine({ mark: 'OK', title: 'service', detail }, stdout.colours));
      return { url, version };
    }
    if (monotonic() > end) {
      const names = namesFor(suffix);
      const service = `--cluster ${names.of('ecs-cluster')} --services ${names.of('ecs-service')}`;
      throw new UserError({
        where: url ?? `the load balancer of ${suffix}`,
        what: `no task responds after ${String(PATIENCE_MS / 1000)} s`,
        got: answer === undefined ? 'no reply' : `HTTP ${String(answer.status)}`,
        todo: `check the service (npx nightshift local exec -- aws ecs describe-services ${service}), then run npm start again`,
      });
    }
    if (!waited) stdout.write('  waiting for a healthy task\n');
    await context.sleep(PAUSE_MS);
  }
}
