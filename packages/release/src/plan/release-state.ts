import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Given } from '../aws-answers';
import { findImage } from '../image/find-image';
import { imageName, imageReference, type ImageName } from '../image/image-name';
import { deploymentGroup, settingsOf } from './deployment-settings';
import { unfinishedDeployments } from './unfinished-deployments';
import { rollbackVersion } from './last-good-release';
import { runningService } from './running-service';
import { taskNetwork } from './task-network';
import { findRevisions, imageIn, readRevision, taskContent } from './task-revisions';
import { RecordStore } from '../records/record-store';
import type { ReleaseContext } from '../release-context';

/** Every task definition has containers. */
type Defined = Given<TaskDefinition, 'containerDefinitions'>;

/** The request of the user. */
export interface ReleaseRequest {
  /** `rollback` releases a good version on record. */
  readonly kind: 'release' | 'rollback';
  /** Tag or digest; a release only. @default - the running image, with the newest task definition */
  readonly image?: string | undefined;
  /** The id of the release to return to, or its first digits; a rollback only. @default - the last good release */
  readonly to?: string | undefined;
  /** The reason to release during a processing window. */
  readonly duringWindow?: string | undefined;
}

/** The state of AWS before a release. Checks and plan share it. Each value is read once, when it is first needed. */
export class ReleaseState {
  readonly clients = this.context.clients;
  readonly target = this.context.target;
  readonly environment = this.context.target.environment;
  readonly commands = this.context.target.commands;

  readonly running = once(() => runningService(this.context));
  readonly revisions = once(() => findRevisions(this.context));
  readonly network = once(() => taskNetwork(this.context));

  /** The version of a rollback. */
  readonly lastGood = once(async () => {
    const { revision } = await this.running();
    return await rollbackVersion(this.context, { taskDefinition: String(revision.taskDefinitionArn) }, this.request.to);
  });

  /** The revision that the new tasks are made from. A release replaces its image. */
  readonly definition = once(async (): Promise<Defined> => {
    if (this.request.kind === 'release') return (await this.revisions()).terraform.definition as Defined;
    const { taskDefinition } = (await this.lastGood()).version;
    return (await readRevision(this.context, taskDefinition)).definition as Defined;
  });

  /** The image of the new tasks, as the user or the task definition names it. */
  readonly imageName = once(async (): Promise<ImageName> => {
    const { kind, image } = this.request;
    if (kind === 'release' && image !== undefined) return imageName(image, 'nightshift release');
    const definition = kind === 'release' ? (await this.running()).revision : await this.definition();
    const { digest, tag } = imageReference(imageIn(taskContent(definition), this.target.containerName));
    return imageName(digest ?? tag, `task definition ${this.target.family}`);
  });

  readonly image = once(async () => {
    const { clients, target, environment } = this;
    const image = await this.imageName();
    return await findImage({ ecr: clients.ecr, repository: target.repository, image, environment });
  });

  readonly deploymentGroup = once(() => deploymentGroup(this.context));
  readonly settings = once(async () => await settingsOf(this.context, await this.deploymentGroup()));

  /** Ids of deployments that have not ended. */
  readonly unfinishedDeployments = once(async (): Promise<readonly string[]> => {
    await this.deploymentGroup();
    return await unfinishedDeployments(this.context);
  });

  /** The record of the newest release. */
  readonly newestRecord = once(async () => {
    const { bucket, suffix } = this.target;
    return (await new RecordStore(this.clients.s3, bucket, suffix).latest())?.record;
  });

  constructor(
    private readonly context: Pick<ReleaseContext, 'clients' | 'target'>,
    readonly request: ReleaseRequest,
  ) {}
}

/** Calls AWS once; every caller gets the same result or error. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
