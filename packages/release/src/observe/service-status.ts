import { imageThatRuns } from '../image/find-image';
import { imageReference, versionName } from '../image/image-name';
import { imagesInUseCheck } from '../image/images-in-use';
import { ReleaseState } from '../plan/release-state';
import { imageIn, isRegisteredElsewhere, isReleased, readRevision, taskContent } from '../plan/task-revisions';
import { readDeployment } from '../plan/unfinished-deployments';
import type { ReleaseContext } from '../release-context';
import type { CurrentVersion, OtherDeployment, ServiceStatus } from '../snapshot';
import { serviceScaling } from '../start/service-scaling';
import { Observer } from './observer';
import { eventsOf, gatesOf } from './snapshot-of';
import { statusProblems } from './status-problems';
import { stoppedTasksOf } from './task-watcher';
import { inState, targetGroupName, taskSetsOf } from './traffic-watcher';

/** Time for which ECS shows stopped tasks, in AWS's seconds. */
const HOUR = 3600;

/**
 * Reads the current state of the service.
 * @throws {UserError} when there is no service.
 */
export async function serviceStatus(context: ReleaseContext): Promise<ServiceStatus> {
  const { target, clients, clock, timeScale } = context;
  const state = new ReleaseState(context, { kind: 'release' });
  const since = new Date(clock.now().getTime() - (HOUR * 1000) / timeScale);
  const [{ primary }, settings] = await Promise.all([state.running(), state.settings()]);
  const [seen, version, images, scaling, [deploymentId], lastRelease, other] = await Promise.all([
    new Observer(context, settings).observeService(since),
    currentVersion(state, clients),
    imagesInUseCheck({ ...context, running: state.running }).run(),
    serviceScaling(context),
    state.unfinishedDeployments(),
    state.newestRecord(),
    deploymentOfOthers(state, context),
  ]);
  const targetGroups = [...seen.health].map(([arn, targets]) => {
    return {
      name: targetGroupName(arn),
      arn,
      trafficPercent: Math.round(seen.traffic.get(arn) ?? 0),
      healthy: inState(targets, 'healthy'),
      unhealthy: inState(targets, 'unhealthy'),
      draining: inState(targets, 'draining'),
    };
  });
  const status = {
    time: seen.time,
    version,
    desired: seen.service.desiredCount ?? 0,
    taskSets: taskSetsOf(seen),
    targetGroups,
    gates: gatesOf(seen),
    images,
    scaling,
    deploymentId,
    lastRelease,
    otherDeployment: other,
    events: eventsOf(seen, since),
    stoppedTasks: stoppedTasksOf(seen, target),
  };
  const primaryGroup = String(primary.loadBalancers?.[0]?.targetGroupArn);
  return { ...status, problems: statusProblems(status, { target, settings, primaryGroup }) };
}

async function currentVersion(state: ReleaseState, clients: ReleaseContext['clients']): Promise<CurrentVersion> {
  const { primary, revision } = await state.running();
  const { containerName, repository } = state.target;
  const image = imageReference(imageIn(taskContent(revision), containerName));
  const arn = String(primary.taskDefinition);
  const [{ tags }, known] = await Promise.all([
    readRevision({ clients }, arn),
    image.tag === undefined ? imageThatRuns(clients.ecr, repository, image) : image,
  ]);
  return {
    name: versionName(known),
    taskDefinition: arn.slice(arn.indexOf('/') + 1),
    registeredBy: isReleased(tags) ? 'a release' : isRegisteredElsewhere(tags) ? 'another client' : 'Terraform',
  };
}

/** The newest deployment, if no release on record made it. */
export async function otherDeployment(context: ReleaseContext): Promise<OtherDeployment | undefined> {
  return await deploymentOfOthers(new ReleaseState(context, { kind: 'release' }), context);
}

/** CodeDeploy rolls back with a separate deployment, which belongs to the failed one. */
async function deploymentOfOthers(
  state: ReleaseState,
  context: Pick<ReleaseContext, 'clients'>,
): Promise<OtherDeployment | undefined> {
  const [{ lastAttemptedDeployment: last }, release] = await Promise.all([
    state.deploymentGroup(),
    state.newestRecord(),
  ]);
  if (last?.deploymentId === undefined || last.deploymentId === release?.deploymentId) return undefined;
  const newest = await readDeployment(context, last.deploymentId);
  const rolledBack = newest.rollbackInfo?.rollbackTriggeringDeploymentId;
  if (rolledBack !== undefined && rolledBack === release?.deploymentId) return undefined;
  const { creator, description, status } =
    rolledBack === undefined ? newest : await readDeployment(context, rolledBack);
  return {
    deploymentId: rolledBack ?? last.deploymentId,
    status: String(status),
    ...(creator !== undefined && { creator }),
    ...(description !== undefined && { description }),
  };
}
