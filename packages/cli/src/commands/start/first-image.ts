import type { ECRClient } from '@aws-sdk/client-ecr';
import { awsError, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { type Terminal, type Time, type ProcessControl, checklistLine } from '@nightshift/console';
import { UserError } from '@nightshift/errors';
import { namesFor } from '@nightshift/naming';
import type { Directories } from '@nightshift/stack-run';
import { pushImage } from '../local/push';
import type { StartContext } from './start-context';

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
  await pushImage({ environment, tag: image.tag, behaves: 'healthy', ecr, effects });
  report(`${name} pushed: the batch processor of this checkout`);
  return true;
}

/** Whether the repository has the image of the environment file. */
export async function imageState(
  ecr: ECRClient,
  { container: { image }, suffix }: Environment,
): Promise<'no repository' | 'no image' | 'pushed'> {
  const { DescribeImagesCommand } = await import('@aws-sdk/client-ecr');
  const imageIds = [image.by === 'tag' ? { imageTag: image.tag } : { imageDigest: image.digest }];
  const repositoryName = namesFor(suffix).of('ecr-repository');
  try {
    await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds }));
    return 'pushed';
  } catch (error) {
    const { name } = error as Error;
    if (name === 'RepositoryNotFoundException') return 'no repository';
    if (name === 'ImageNotFoundException') return 'no image';
    throw awsError(error, 'nightshift start');
  }
}

const PATIENCE_MS = 180_000;

const PAUSE_MS = 500;

interface FirstAnswerProps {
  readonly environment: Environment;
  readonly effects: Terminal & Time & LocalClouds;
  readonly context: Pick<StartContext, 'answerOf' | 'sleep'>;
}

/** A service that answers. */
export interface ServiceAnswer {
  readonly url: string;
  /** The version that answers. */
  readonly version: string;
}

/**
 * Waits until a task of the environment answers through the load balancer.
 * @throws {UserError} when none does in three minutes
 */
export async function firstAnswer({ environment, effects, context }: FirstAnswerProps): Promise<ServiceAnswer> {
  const { stdout, monotonic } = effects;
  const { suffix, loadBalancer } = environment;
  const end = monotonic() + PATIENCE_MS;
  for (let waited = false; ; waited = true) {
    const url = await addressOf(environment, effects);
    const answer = url === undefined ? undefined : await context.answerOf(`${url}${loadBalancer.healthCheck.path}`);
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

async function addressOf({ suffix, region }: Environment, { localCloud }: LocalClouds): Promise<string | undefined> {
  const status = await (await localCloud()).status();
  if (!status.running) return undefined;
  return status.environments.find((found) => found.suffix === suffix && found.region === region)?.url;
}
