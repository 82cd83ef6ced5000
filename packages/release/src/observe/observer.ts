import {
  type DeploymentInfo,
  type ECSTarget,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
} from '@aws-sdk/client-codedeploy';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type Service,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { type Given, isAnswer } from '../aws-answers';
import { imageReference, versionName } from '../image/image-name';
import type { DeploymentSettings } from '../plan/deployment-settings';
import { imageThatRuns } from '../image/find-image';
import { imageIn } from '../plan/task-revisions';
import type { ReleaseContext } from '../release-context';
import { GateWatcher } from './gate-watcher';
import type { Observation, ServiceObservation } from './observation';
import { TaskWatcher } from './task-watcher';
import { targetHealth, trafficShares } from './traffic-watcher';

/** Observes a service and a deployment repeatedly, each time with about ten parallel calls. Reads constant values once. */
export class Observer {
  private readonly tasks: TaskWatcher;
  private readonly gates: GateWatcher;
  private readonly versions = new Map<string, string>();

  constructor(
    private readonly context: ReleaseContext,
    private readonly settings: Pick<DeploymentSettings, 'gates' | 'productionListeners'>,
  ) {
    this.tasks = new TaskWatcher(context);
    this.gates = new GateWatcher(context, settings.gates);
  }

  async observe(deploymentId: string): Promise<Observation> {
    const deployment = await this.deployment(deploymentId);
    const rollbackId = deployment.rollbackInfo?.rollbackDeploymentId;
    const [target, rollback, service] = await Promise.all([
      this.target(deploymentId),
      rollbackId === undefined ? undefined : this.deployment(rollbackId),
      this.observeService(deployment.createTime),
    ]);
    return { ...service, deployment, target, rollback };
  }

  /** @param since tasks that stopped before are omitted. */
  async observeService(since: Date): Promise<ServiceObservation> {
    const { clients, clock } = this.context;
    const [service, traffic, gates, tasks] = await Promise.all([
      this.service(),
      trafficShares(clients, this.settings.productionListeners),
      this.gates.observe(),
      this.tasks.observe(since),
    ]);
    await this.nameVersions(service, tasks);
    return {
      time: clock.now(),
      service,
      traffic,
      loadBalancer: loadBalancerOf(this.settings.productionListeners),
      health: await targetHealth(clients, service, traffic),
      ...gates,
      tasks,
      logLines: this.tasks.logLines,
      versions: this.versions,
    };
  }

  private async deployment(deploymentId: string): Promise<Given<DeploymentInfo, 'createTime'>> {
    const { deploymentInfo } = await this.context.clients.codedeploy.send(new GetDeploymentCommand({ deploymentId }));
    return deploymentInfo as Given<DeploymentInfo, 'createTime'>;
  }

  private async target(deploymentId: string): Promise<ECSTarget | undefined> {
    const { clients, target } = this.context;
    // The id of a target on ECS: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentTarget.html
    const targetId = `${target.cluster}:${target.service}`;
    try {
      const { deploymentTarget } = await clients.codedeploy.send(
        new GetDeploymentTargetCommand({ deploymentId, targetId }),
      );
      return deploymentTarget?.ecsTarget;
    } catch (error) {
      if (isAnswer(error, 'DeploymentNotStartedException', 'DeploymentTargetDoesNotExistException')) return undefined;
      throw error;
    }
  }

  private async service(): Promise<Service> {
    const { clients, target } = this.context;
    const answer = await clients.ecs.send(
      new DescribeServicesCommand({ cluster: target.cluster, services: [target.service] }),
    );
    const [service = {}] = (answer as Given<typeof answer, 'services'>).services;
    return service;
  }

  private async nameVersions({ taskSets = [] }: Service, tasks: Observation['tasks']): Promise<void> {
    const used = [
      ...taskSets.map(({ taskDefinition }) => taskDefinition),
      ...tasks.map((task) => task.taskDefinitionArn),
    ];
    const unknown = [...new Set(used.map(String))].filter((arn) => !this.versions.has(arn));
    await Promise.all(
      unknown.map(async (arn) => {
        this.versions.set(arn, await this.version(arn));
      }),
    );
  }

  private async version(taskDefinition: string): Promise<string> {
    const { clients, target } = this.context;
    const answer = await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    const definition = answer.taskDefinition as Given<TaskDefinition, 'containerDefinitions'>;
    const image = imageReference(imageIn(definition, target.containerName));
    return versionName(image.tag === undefined ? await imageThatRuns(clients.ecr, target.repository, image) : image);
  }
}

/** The listener's ARN contains it: `…:listener/app/<name>/<id>/<listener id>`. */
function loadBalancerOf([listener]: readonly string[]): string {
  return String(listener).split('/').slice(1, 4).join('/');
}
