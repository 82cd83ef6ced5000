import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  type Action,
  DescribeListenersCommand,
  DescribeTargetGroupsCommand,
  type Listener,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isAnswer } from '../aws-answers';
import { targetGroupName } from '../observe/traffic-watcher';
import { releaseTiming, usualMinutes } from '../plan/deployment-settings';
import { type Check, findingOf } from './checklist';
import { awsCommand } from '../target';
import type { Occurrence } from '@nightshift/windows';
import type { ReleaseState } from '../plan/release-state';
import type { Clock } from '../release-context';

/** A failure, an alarm and a stop roll back to the previous version (R10.4). */
const ROLLBACK_EVENTS = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'] as const;

/** CodeDeploy releases this service blue/green, with automatic rollback. */
export function deploymentGroupCheck({ deploymentGroup, target, commands }: ReleaseState): Check {
  return {
    title: 'deployment group',
    run: async () => {
      const { ecsServices = [], autoRollbackConfiguration: rollback, deploymentConfigName } = await deploymentGroup();
      const { cluster, service } = target;
      const isOurs = ecsServices.some(
        ({ clusterName, serviceName }) => clusterName === cluster && serviceName === service,
      );
      const events = rollback?.enabled ? (rollback.events ?? []) : [];
      const missing = ROLLBACK_EVENTS.filter((event) => !events.includes(event));
      return findingOf(
        [
          ...(isOurs ? [] : [`it is not for ${service}`]),
          ...(missing.length === 0 ? [] : [`it does not roll back on ${missing.join(', ')}`]),
        ],
        `${target.deploymentGroup} by ${deploymentConfigName}, with automatic rollback`,
        `restore it: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}

/** The blue and the green target group exist, and the running tasks are in one of them (R6.2). */
export function targetGroupsCheck({ settings, running, clients, commands }: ReleaseState): Check {
  return {
    title: 'target groups',
    run: async () => {
      const { targetGroups: names } = await settings();
      const { primary } = await running();
      const groups = await Promise.all(names.map((name) => findTargetGroups(clients.elbv2, name)));
      const behind = primary.loadBalancers?.[0]?.targetGroupArn;
      const current = groups.find((group) => group?.TargetGroupArn === behind);
      const missing = names.filter((_, index) => groups[index] === undefined);
      return findingOf(
        [
          ...missing.map((name) => `target group not found: ${name}`),
          ...(current
            ? []
            : [
                `the running tasks are in ${targetGroupName(behind ?? 'none')}, and CodeDeploy moves between ${names.join(' and ')}`,
              ]),
        ],
        `${names.join(' and ')}; the running tasks are in ${String(current?.TargetGroupName)}`,
        `see what differs: ${commands.nightshift('drift compute')}`,
      );
    },
  };
}

async function findTargetGroups(
  elbv2: ReleaseState['clients']['elbv2'],
  name: string,
): Promise<TargetGroup | undefined> {
  try {
    return (await elbv2.send(new DescribeTargetGroupsCommand({ Names: [name] }))).TargetGroups?.[0];
  } catch (error) {
    if (isAnswer(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) return undefined;
    throw error;
  }
}

/** Both listeners exist, and all production traffic goes to the running tasks: CodeDeploy requires this to start a deployment. */
export function listenersCheck({
  deploymentGroup,
  running,
  unfinishedDeployments,
  clients,
  commands,
  environment,
}: ReleaseState): Check {
  return {
    title: 'listeners',
    run: async () => {
      const { loadBalancerInfo } = await deploymentGroup();
      const { primary } = await running();
      const deployments = await unfinishedDeployments();
      const [{ prodTrafficRoute, testTrafficRoute }] = loadBalancerInfo.targetGroupPairInfoList;
      const production = prodTrafficRoute.listenerArns;
      const arns = [...production, ...testTrafficRoute.listenerArns];
      const listeners = await Promise.all(arns.map((arn) => findListeners(clients.elbv2, arn)));
      const missing = arns.filter((_, index) => listeners[index] === undefined);
      const ports = listeners.map((listener) => String(listener?.Port)).join(' and ');
      if (missing.length > 0) {
        const remedy = `restore them: ${commands.nxRun('compute', 'deploy')}`;
        return findingOf(
          missing.map((arn) => `listener not found: ${arn}`),
          '',
          remedy,
        );
      }
      if (deployments.length > 0) return { mark: 'SKIP', detail: 'a deployment is moving them' };
      const behind = String(primary.loadBalancers?.[0]?.targetGroupArn);
      const astray = production.filter((_, index) => !forwardsAllTo(listeners[index], behind));
      return findingOf(
        astray.map(() => 'not all production traffic goes to the running tasks'),
        `ports ${ports}; all production traffic goes to the running tasks`,
        astray
          .map((arn) =>
            awsCommand(
              environment,
              `elbv2 modify-listener --listener-arn ${arn} --default-actions Type=forward,TargetGroupArn=${behind}`,
            ),
          )
          .join('; '),
      );
    },
  };
}

async function findListeners(elbv2: ReleaseState['clients']['elbv2'], arn: string): Promise<Listener | undefined> {
  try {
    return (await elbv2.send(new DescribeListenersCommand({ ListenerArns: [arn] }))).Listeners?.[0];
  } catch (error) {
    if (isAnswer(error, 'ListenerNotFoundException', 'ListenerNotFound')) return undefined;
    throw error;
  }
}

function forwardsAllTo(listener: Listener | undefined, targetGroup: string): boolean {
  return (listener?.DefaultActions ?? []).flatMap(targetsOf).join() === targetGroup;
}

/** A forward action has one target group, or a list with weights. */
function targetsOf({ TargetGroupArn, ForwardConfig }: Action): readonly string[] {
  const weighted = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
  return weighted.filter(({ Weight = 1 }) => Weight > 0).map((one) => String(one.TargetGroupArn));
}

/**
 * The alarms that stop a release exist, CodeDeploy uses them, and none is in ALARM (R10.4). A rollback is allowed with an alarm in ALARM:
 * it is the reason for the rollback.
 */
export function gatesCheck({ request, deploymentGroup, clients, commands, environment }: ReleaseState): Check {
  return {
    title: 'gates',
    run: async () => {
      const { enabled = false, alarms = [] } = (await deploymentGroup()).alarmConfiguration ?? {};
      const names = alarms.map(({ name }) => name);
      const deploy = commands.nxRun('compute', 'deploy');
      if (!enabled || names.length === 0) {
        return { mark: 'FAIL', detail: 'CodeDeploy watches no alarm', remedy: `restore them: ${deploy}` };
      }
      const { MetricAlarms = [] } = await clients.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: names }));
      const missing = names.filter((name) => !MetricAlarms.some(({ AlarmName }) => AlarmName === name));
      const firing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
      const inAlarm = firing.map(
        ({ AlarmName, StateReason }) => `${String(AlarmName)} is in ALARM: ${String(StateReason)}`,
      );
      if (request.kind === 'rollback' && missing.length === 0 && firing.length > 0) {
        return { mark: 'OK', detail: `${inAlarm.join('; ')}; a rollback uses the other alarms` };
      }
      const problems = [...missing.map((name) => `alarm not found: ${name}`), ...inAlarm];
      const why = awsCommand(
        environment,
        `cloudwatch describe-alarm-history --alarm-name ${String(firing[0]?.AlarmName)}`,
      );
      const remedies = [
        ...(missing.length === 0 ? [] : [`restore it: ${deploy}`]),
        ...(firing.length === 0
          ? []
          : [`fix the cause first, since CodeDeploy refuses a release while a gate is in ALARM: ${why}`]),
      ];
      return findingOf(problems, `${String(names.length)} alarms, none in ALARM`, remedies.join('; '));
    },
  };
}

/** CodeDeploy runs one deployment of a group at a time. A release that is starting has no deployment yet. */
export function inFlightCheck({ unfinishedDeployments, newestRecord, commands }: ReleaseState): Check {
  return {
    title: 'no other release',
    run: async () => {
      const [deployments, newest] = await Promise.all([unfinishedDeployments(), newestRecord()]);
      const watch = commands.nightshift('release watch');
      if (deployments.length > 0) {
        const remedy = `watch it: ${watch}, or stop it: ${commands.nightshift('release stop')}`;
        return { mark: 'FAIL', detail: `${deployments.join(', ')} is in progress`, remedy };
      }
      if (newest && newest.outcome === undefined) {
        const detail = `the ${newest.kind} of ${newest.startedAt} by ${newest.by} is starting`;
        const remedy = `wait for it: ${watch}; if its command was killed, that command undoes the start after two minutes`;
        return { mark: 'FAIL', detail, remedy };
      }
      return { mark: 'OK', detail: 'no deployment in progress' };
    },
  };
}

/** The release ends before the next processing window opens (R14.2). */
export function windowCheck(
  { settings, target, environment, request }: ReleaseState,
  { clock, timeScale }: { readonly clock: Pick<Clock, 'now'>; readonly timeScale: number },
): Check {
  const { processingWindows } = environment;
  return {
    title: 'processing window',
    run: async () => {
      if (processingWindows.length === 0) return { mark: 'SKIP', detail: 'the environment has no processing windows' };
      const minutes = Math.ceil(usualMinutes(releaseTiming(target, await settings())) / timeScale);
      const { conflict, describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
      const now = clock.now();
      const reached = conflict(processingWindows, now, minutes);
      // Each opens once a week at least.
      const next = reached ?? (nextOccurrence(processingWindows, now) as Occurrence);
      const detail = `${describeOccurrence(next, now)}: the release takes about ${String(minutes)} min`;
      if (!reached) return { mark: 'OK', detail };
      if (request.duringWindow !== undefined)
        return { mark: 'SKIP', detail: `${detail}; overridden, reason: ${request.duringWindow}` };
      return {
        mark: 'FAIL',
        detail,
        remedy: 'run it after the window, or override the window with --during-window "<reason>"',
      };
    },
  };
}
