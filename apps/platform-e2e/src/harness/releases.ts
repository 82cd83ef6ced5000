import { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { CodeDeployClient, GetDeploymentGroupCommand, UpdateDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { ECSClient, ListTasksCommand, type Service, type TaskSet } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { only } from './only';
import type { Platform } from './platform';
import { runningService } from './running-service';
import { success } from './success';
import type { Run, RunOptions, Workspace } from './workspace';

export type Behaviour = 'healthy' | 'unhealthy' | 'crashes' | 'out-of-memory' | 'slow-start' | 'errors';

/** The last line of `release --json`, and the record of the release. */
export interface ReleaseLine {
  readonly end?: string;
  readonly cause?: string;
  readonly problems?: readonly string[];
}

interface Kept {
  readonly outcome?: string;
  readonly cause?: string;
  readonly kind: string;
  readonly to: { readonly tag?: string };
  readonly durations: object;
  readonly endedAt?: string;
}

/** Releases of one environment by commands, and their results in AWS. */
export class Releases {
  constructor(
    private readonly workspace: () => Workspace,
    private readonly platform: () => Platform,
  ) {}

  async push(tag: string, behaves: Behaviour): Promise<void> {
    await success(this.platform().nightshift(`local push ${tag} --behaves ${behaves}`));
  }

  /** `npx nightshift release <words>`, without confirmation. */
  async release(words: string, options: RunOptions = {}): Promise<Run> {
    const platform = this.platform();
    const given = { timeoutSeconds: 600, ...options };
    return options.interruptWhen
      ? await platform.direct(`release ${words}`, given)
      : await platform.nightshift(`release ${words}`, given);
  }

  /** `npx nx run compute:<words>`. */
  async throughNx(words: string): Promise<Run> {
    return await this.platform().one('compute', words, { timeoutSeconds: 600 });
  }

  async rollback(words = ''): Promise<Run> {
    return await this.platform().nightshift(`rollback --yes ${words}`.trim(), { timeoutSeconds: 600 });
  }

  /** The last line of a release with `--json`. */
  resultOf({ stdout }: Run): ReleaseLine {
    return JSON.parse(String(stdout.trim().split('\n').at(-1))) as ReleaseLine;
  }

  /** Changes the termination wait of CodeDeploy. @returns the previous minutes */
  async keepOldTasks(minutes: number): Promise<number> {
    const { names } = this.platform();
    const codeDeploy = this.platform().aws(CodeDeployClient);
    const [applicationName, group] = [names.of('codedeploy-app'), names.of('codedeploy-group')];
    const { deploymentGroupInfo } = await codeDeploy.send(
      new GetDeploymentGroupCommand({ applicationName, deploymentGroupName: group }),
    );
    const { blueGreenDeploymentConfiguration: before } = deploymentGroupInfo ?? {};
    const termination = before?.terminateBlueInstancesOnDeploymentSuccess;
    await codeDeploy.send(
      new UpdateDeploymentGroupCommand({
        applicationName,
        currentDeploymentGroupName: group,
        blueGreenDeploymentConfiguration: {
          ...before,
          terminateBlueInstancesOnDeploymentSuccess: { ...termination, terminationWaitTimeInMinutes: minutes },
        },
      }),
    );
    return Number(termination?.terminationWaitTimeInMinutes);
  }

  /** Newest first. */
  async history(): Promise<readonly Kept[]> {
    const { stdout } = await success(this.release('history --json'));
    return (JSON.parse(stdout) as { releases: Kept[] }).releases;
  }

  async service(): Promise<Service> {
    return await runningService(this.platform());
  }

  /** ARNs of the running tasks. */
  async tasks(): Promise<readonly string[]> {
    const { names } = this.platform();
    const { taskArns = [] } = await this.platform()
      .aws(ECSClient)
      .send(new ListTasksCommand({ cluster: names.of('ecs-cluster'), serviceName: names.of('ecs-service') }));
    return taskArns;
  }

  async primary(): Promise<TaskSet> {
    const { taskSets } = await this.service();
    return only(taskSets?.filter(({ status }) => status === 'PRIMARY'));
  }

  /** Percent of the production traffic by the name of the target group; without groups without traffic. */
  async traffic(): Promise<Readonly<Record<string, number>>> {
    const balancing = this.platform().aws(ElasticLoadBalancingV2Client);
    const { LoadBalancers } = await balancing.send(
      new DescribeLoadBalancersCommand({ Names: [this.platform().names.of('alb')] }),
    );
    const { LoadBalancerArn } = only(LoadBalancers);
    const [{ Listeners }, { TargetGroups = [] }] = await Promise.all([
      balancing.send(new DescribeListenersCommand({ LoadBalancerArn })),
      balancing.send(new DescribeTargetGroupsCommand({ LoadBalancerArn })),
    ]);
    const production = only(Listeners?.filter(({ Port }) => Port === 80));
    const [{ ForwardConfig, TargetGroupArn } = {}] = production.DefaultActions ?? [];
    const groups = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
    const total = groups.reduce((sum, { Weight = 0 }) => sum + Weight, 0);
    const nameOf = (arn?: string) =>
      String(TargetGroups.find((group) => group.TargetGroupArn === arn)?.TargetGroupName);
    return Object.fromEntries(
      groups
        .filter(({ Weight = 0 }) => Weight > 0)
        .map(({ TargetGroupArn: arn, Weight = 0 }) => [nameOf(arn), (100 * Weight) / total]),
    );
  }

  /** The version behind the load balancer. */
  async url(): Promise<string> {
    const { stdout } = await success(this.workspace().run('npx nightshift local status --json'));
    const { environments } = JSON.parse(stdout) as { environments: { suffix: string; url: string }[] };
    return only(environments.filter(({ suffix }) => suffix === this.platform().suffix)).url;
  }

  async answeringVersion(): Promise<string | null> {
    const answer = await fetch(`${await this.url()}/health`);
    return answer.headers.get('x-version');
  }

  /**
   * The required state after every release: one task set with `version` and all traffic, the same Spot share, active auto-scaling, and an
   * empty plan (R5.2, R10).
   */
  async expectAtRest(version: string): Promise<void> {
    const { taskSets = [], desiredCount } = await this.service();
    const set = only(taskSets.filter(({ status }) => status === 'PRIMARY'));
    expect(set).toMatchObject({ scale: { value: 100 }, runningCount: desiredCount });
    // A task set that is being deleted may still be listed.
    expect(taskSets.filter(({ status }) => status === 'ACTIVE')).toEqual([]);
    expect(set.capacityProviderStrategy).toHaveLength(2);
    expect(set.capacityProviderStrategy).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ capacityProvider: 'FARGATE_SPOT', weight: 70 }),
        expect.objectContaining({ capacityProvider: 'FARGATE', weight: 30 }),
      ] as unknown[]),
    );
    const arn = String(only(set.loadBalancers).targetGroupArn);
    expect(await this.traffic()).toEqual({ [String(arn.split('/')[1])]: 100 });
    expect(await this.answeringVersion()).toBe(version);
    expect(await this.suspended()).toEqual([]);
    await success(this.platform().direct('plan compute --detailed-exitcode'));
  }

  /** The suspended parts of auto-scaling. */
  private async suspended(): Promise<string[]> {
    const { names } = this.platform();
    const { ScalableTargets } = await this.platform()
      .aws(ApplicationAutoScalingClient)
      .send(
        new DescribeScalableTargetsCommand({
          ServiceNamespace: 'ecs',
          ResourceIds: [`service/${names.of('ecs-cluster')}/${names.of('ecs-service')}`],
        }),
      );
    const { SuspendedState = {} } = only(ScalableTargets);
    return Object.entries(SuspendedState).flatMap(([name, is]) => (is === true ? [name] : []));
  }
}
