import { DescribeListenersCommand, type Action, type Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isAnswer } from '../aws-failure';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/** What a group of ours has: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TargetGroupPairInfo.html */
interface Group {
  readonly loadBalancerInfo: {
    readonly targetGroupPairInfoList: readonly [
      {
        readonly prodTrafficRoute: { readonly listenerArns: readonly string[] };
        readonly testTrafficRoute: { readonly listenerArns: readonly string[] };
      },
    ];
  };
}

/** Both listeners are there, and all production traffic goes to the tasks that run: CodeDeploy begins nowhere else. */
export function listenersCheck({
  deploymentGroup,
  running,
  goingOn,
  clients,
  commands,
  environment,
}: Surroundings): Check {
  return {
    title: 'listeners',
    look: async () => {
      const { loadBalancerInfo } = (await deploymentGroup()) as unknown as Group;
      const { primary } = await running();
      const deployments = await goingOn();
      const [{ prodTrafficRoute, testTrafficRoute }] = loadBalancerInfo.targetGroupPairInfoList;
      const production = prodTrafficRoute.listenerArns;
      const arns = [...production, ...testTrafficRoute.listenerArns];
      const listeners = await Promise.all(arns.map((arn) => find(clients.elbv2, arn)));
      const missing = arns.filter((_, index) => listeners[index] === undefined);
      const ports = listeners.map((listener) => String(listener?.Port)).join(' and ');
      if (missing.length > 0) {
        const remedy = `bring them back: ${commands.nxRun('compute', 'deploy')}`;
        return findingOf(
          missing.map((arn) => `there is no listener ${arn}`),
          '',
          remedy,
        );
      }
      if (deployments.length > 0) return { mark: 'SKIP', detail: 'the deployment that goes on moves them' };
      const behind = String(primary.loadBalancers?.[0]?.targetGroupArn);
      const astray = production.filter((_, index) => !forwardsAllTo(listeners[index], behind));
      return findingOf(
        astray.map(() => 'not all production traffic goes to the tasks that run'),
        `ports ${ports}; all production traffic goes to the tasks that run`,
        astray
          .map(
            (arn) =>
              `aws elbv2 modify-listener --listener-arn ${arn} --default-actions Type=forward,TargetGroupArn=${behind} --region ${environment.region}`,
          )
          .join('; '),
      );
    },
  };
}

async function find(elbv2: Surroundings['clients']['elbv2'], arn: string): Promise<Listener | undefined> {
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

/** A plain forward has one target group, a weighted one a list. */
function targetsOf({ TargetGroupArn, ForwardConfig }: Action): readonly string[] {
  const weighted = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
  return weighted.filter(({ Weight = 1 }) => Weight > 0).map((one) => String(one.TargetGroupArn));
}
