import {
  GetDeploymentGroupCommand,
  ListDeploymentsCommand,
  type DeploymentGroupInfo,
} from '@aws-sdk/client-codedeploy';
import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { everydayCommands } from '@nightshift/errors';
import type { Given } from '../given';
import { deploymentSettings } from '../planning/deployment-settings';
import { imageReference } from '../planning/image-reference';
import { lastGoodRelease } from '../planning/last-good-release';
import type { ReleaseWish } from '../planning/plan-release';
import { runningService } from '../planning/running-service';
import { imageIn, taskContent } from '../planning/task-content';
import { taskNetwork } from '../planning/task-network';
import { findRevisions, readRevision } from '../planning/terraform-revision';
import type { ReleaseContext } from '../release-context';
import { findImage, imageName, type ImageName } from '../scan';
import { once } from './once';

/** No task definition is without containers. */
type Defined = Given<TaskDefinition, 'containerDefinitions'>;

export type PreflightContext = Pick<ReleaseContext, 'clients' | 'target'>;

/** Deployments that have not ended: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeployments.html */
const GOING_ON = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const;

/** What a release meets in AWS. Several checks need the same; each thing is read once, and none before it is needed. */
export class Surroundings {
  readonly clients = this.context.clients;
  readonly target = this.context.target;
  readonly environment = this.context.target.environment;
  readonly commands = everydayCommands(this.environment);

  readonly running = once(() => runningService(this.context));
  readonly revisions = once(() => findRevisions(this.context));
  readonly network = once(() => taskNetwork(this.context));
  readonly settings = once(() => deploymentSettings(this.context));

  /** The version that a rollback goes back to. */
  readonly lastGood = once(async () => {
    const { revision } = await this.running();
    return await lastGoodRelease(this.context, { taskDefinition: String(revision.taskDefinitionArn) });
  });

  /** What the new tasks are made from, but for a release's image. */
  readonly definition = once(async (): Promise<Defined> => {
    if (this.wish.kind === 'release') return (await this.revisions()).terraform.definition as Defined;
    const { taskDefinition } = await this.lastGood();
    return (await readRevision(this.context, taskDefinition)).definition as Defined;
  });

  /** The image that the new tasks run, as the user named it or as the task definition does. */
  readonly imageName = once(async (): Promise<ImageName> => {
    const { kind, image } = this.wish;
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

  readonly deploymentGroup = once(async (): Promise<DeploymentGroupInfo> => {
    await this.settings();
    const { application: applicationName, deploymentGroup: deploymentGroupName } = this.target;
    const command = new GetDeploymentGroupCommand({ applicationName, deploymentGroupName });
    return (await this.clients.codedeploy.send(command)).deploymentGroupInfo as DeploymentGroupInfo;
  });

  /** Ids of deployments that have not ended. */
  readonly goingOn = once(async (): Promise<readonly string[]> => {
    await this.settings();
    const { application: applicationName, deploymentGroup: deploymentGroupName } = this.target;
    const input = { applicationName, deploymentGroupName, includeOnlyStatuses: [...GOING_ON] };
    return (await this.clients.codedeploy.send(new ListDeploymentsCommand(input))).deployments ?? [];
  });

  constructor(
    private readonly context: PreflightContext,
    readonly wish: ReleaseWish,
  ) {}
}
