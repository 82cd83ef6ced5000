import type { Tag } from '@aws-sdk/client-ecs';
import { imageThatRuns, versionOf } from '../image/find-image';
import { imageReference } from '../image/image-name';
import type { ReleaseRecord, ReleaseVersion } from '../record';
import type { ReleaseTarget } from '../target';
import { capacityShares } from './app-spec';
import type { DeploymentSettings } from './deployment-settings';
import type { ReleaseRequest, ReleaseState } from './release-state';
import type { RunningService } from './running-service';
import type { TaskNetwork } from './task-network';
import { imageIn, sameContent, taskContent, type TaskContent, withImage } from './task-revisions';

/** The plan of a release. */
export interface ReleasePlan {
  readonly target: ReleaseTarget;
  readonly kind: ReleaseRequest['kind'];
  readonly duringWindow?: string | undefined;
  readonly from: ReleaseVersion;
  /** Without `taskDefinition` a new revision is registered. */
  readonly to: ReleaseVersion;
  readonly running: RunningService;
  /** Content of the running revision. */
  readonly runs: TaskContent;
  /** Content of the new revision. */
  readonly wanted: TaskContent;
  /** Terraform's newest revision. A new revision gets its tags. */
  readonly terraform: { readonly arn: string; readonly tags: readonly Tag[] };
  readonly strategy: ReleaseRecord['strategy'];
  readonly network: TaskNetwork;
  readonly settings: DeploymentSettings;
}

/**
 * Makes the plan from the values that the release checks have read, so that the checked version is the released version.
 * @throws {UserError} when something that a release needs does not exist.
 */
export async function planRelease(state: ReleaseState): Promise<ReleasePlan> {
  const { target, request } = state;
  const [running, revisions, network, settings] = await Promise.all([
    state.running(),
    state.revisions(),
    state.network(),
    state.settings(),
  ]);
  return {
    target,
    kind: request.kind,
    duringWindow: request.duringWindow,
    from: await currentVersion(state),
    ...(request.kind === 'release' ? await newVersion(state) : await lastGoodVersion(state)),
    running,
    runs: taskContent(running.revision),
    terraform: { arn: revisions.terraform.arn, tags: revisions.terraform.tags },
    strategy: capacityShares(target),
    network,
    settings,
  };
}

async function currentVersion({ clients, target, running }: ReleaseState): Promise<ReleaseVersion> {
  const { revision } = await running();
  const image = imageReference(imageIn(taskContent(revision), target.containerName));
  const version = await imageThatRuns(clients.ecr, target.repository, image);
  return { ...version, taskDefinition: String(revision.taskDefinitionArn) };
}

type NextVersion = Pick<ReleasePlan, 'to' | 'wanted'>;

/** Terraform's newest revision with another image. A new revision is registered only if none of the newest has the same content. */
async function newVersion({ target, revisions, image, imageName }: ReleaseState): Promise<NextVersion> {
  const { containerName } = target;
  const { newest, terraform } = await revisions();
  const { wholeDigest: digest, tags } = await image();
  const { imageTag = tags[0] } = (await imageName()).identifier;
  const content = taskContent(terraform.definition);
  const { repository } = imageReference(imageIn(content, containerName));
  const wanted = withImage(content, containerName, `${repository}@${digest}`);
  const same = [newest, terraform].find(({ definition }) => sameContent(taskContent(definition), wanted));
  return { wanted, to: { ...versionOf(digest, imageTag), ...(same && { taskDefinition: same.arn }) } };
}

/** Its content is unchanged. ECS starts no tasks from a deregistered revision, so the content is registered again. */
async function lastGoodVersion({ lastGood, definition }: ReleaseState): Promise<NextVersion> {
  const { taskDefinition, ...image } = (await lastGood()).version;
  const revision = await definition();
  const active = revision.status === 'ACTIVE';
  return { wanted: taskContent(revision), to: { ...image, ...(active && { taskDefinition }) } };
}
