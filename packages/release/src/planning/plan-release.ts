import type { Tag } from '@aws-sdk/client-ecs';
import type { ReleaseRecord, ReleaseVersion } from '../record';
import type { ReleaseContext } from '../release-context';
import type { ReleaseTarget } from '../target';
import { capacityShares } from './capacity-shares';
import { deploymentSettings, type DeploymentSettings } from './deployment-settings';
import { findImage, nameOfImage } from './find-image';
import { imageReference } from './image-reference';
import { lastGoodRelease } from './last-good-release';
import { runningService, type RunningService } from './running-service';
import { imageIn, sameContent, taskContent, withImage, type TaskContent } from './task-content';
import { taskNetwork, type TaskNetwork } from './task-network';
import { together } from './together';
import { findRevisions, readRevision, type Revisions } from './terraform-revision';

/** What is asked for. */
export interface ReleaseWish {
  /** `rollback` brings back the last good release that is recorded. */
  readonly kind: 'release' | 'rollback';
  /** Tag or digest. Of a release. @default - the image that runs, with the newest task definition */
  readonly image?: string | undefined;
  /** Why it may reach into a processing window. */
  readonly duringWindow?: string | undefined;
}

/** All that a release will do, found out without changing anything. */
export interface ReleasePlan {
  readonly target: ReleaseTarget;
  readonly kind: ReleaseWish['kind'];
  readonly duringWindow?: string | undefined;
  readonly from: ReleaseVersion;
  /** Its `taskDefinition` is there when a revision already says all of it; else one is registered. */
  readonly to: ReleaseVersion;
  readonly running: RunningService;
  /** What the tasks that run were made from. */
  readonly runs: TaskContent;
  /** What the new ones will be made from. */
  readonly wanted: TaskContent;
  /** What is in use of Terraform's newest revision: the tags of a new one are its tags. */
  readonly terraform: { readonly arn: string; readonly tags: readonly Tag[] };
  readonly strategy: ReleaseRecord['strategy'];
  readonly network: TaskNetwork;
  readonly settings: DeploymentSettings;
}

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** @throws {UserError} with all that stands against it. */
export async function planRelease(context: Context, wish: ReleaseWish): Promise<ReleasePlan> {
  const { target } = context;
  const [running, revisions, network, settings] = await together([
    runningService(context),
    findRevisions(context),
    taskNetwork(context),
    deploymentSettings(context),
  ]);
  const runs = taskContent(running.revision);
  const image = imageReference(imageIn(runs, target.containerName));
  const from = { ...(await nameOfImage(context, image)), taskDefinition: String(running.revision.taskDefinitionArn) };
  const chosen =
    wish.kind === 'release'
      ? await newVersion(context, revisions, wish.image ?? image.digest ?? String(image.tag))
      : await formerVersion(context, from);
  return {
    target,
    kind: wish.kind,
    duringWindow: wish.duringWindow,
    from,
    to: chosen.to,
    running,
    runs,
    wanted: chosen.wanted,
    terraform: { arn: revisions.terraform.arn, tags: revisions.terraform.tags },
    strategy: capacityShares(target),
    network,
    settings,
  };
}

interface Chosen {
  readonly to: ReleaseVersion;
  readonly wanted: TaskContent;
}

/** Terraform's newest revision with another image; a new revision only where none of the newest says the same. */
async function newVersion(context: Context, { newest, terraform }: Revisions, name: string): Promise<Chosen> {
  const { containerName } = context.target;
  const image = await findImage(context, name);
  const content = taskContent(terraform.definition);
  const { repository } = imageReference(imageIn(content, containerName));
  const wanted = withImage(content, containerName, `${repository}@${image.digest}`);
  const same = [newest, terraform].find(({ definition }) => sameContent(taskContent(definition), wanted));
  return { wanted, to: { ...image, ...(same && { taskDefinition: same.arn }) } };
}

/** As it was; a revision that was deregistered meanwhile runs no new tasks, so that it is registered again. */
async function formerVersion(context: Context, from: ReleaseVersion): Promise<Chosen> {
  const { taskDefinition, ...image } = await lastGoodRelease(context, from);
  const { definition } = await readRevision(context, taskDefinition);
  const active = definition.status === 'ACTIVE';
  return { wanted: taskContent(definition), to: { ...image, ...(active && { taskDefinition }) } };
}
