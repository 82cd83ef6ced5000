import { environmentFile, environmentOf } from '@nightshift/config';
import { fakeClient, sdkError, type Handler, type Input } from '@nightshift/testing/aws';
import type { ReleaseRequest } from '../plan/release-state';
import { preflight } from '../preflight/preflight';
import type { ReleaseClients } from '../release-context';
import { releaseTarget } from '../target';
import { FakeBucket } from './fake-bucket';
import { FakeCodeDeploy } from './fake-codedeploy';
import { digestOf, FakeEcr } from './fake-ecr';
import { complete } from './fake-scan';
import { recordFixture } from './record-fixture';

const ACCOUNT = '123456789012';
const ECS = `arn:aws:ecs:us-east-1:${ACCOUNT}`;
const ELB = `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}`;

export const BLUE = `${ELB}:targetgroup/tg-blue-test/1`;
export const GREEN = `${ELB}:targetgroup/tg-green-test/2`;
export const PRODUCTION = `${ELB}:listener/app/lb-test/1/80`;
export const TEST = `${ELB}:listener/app/lb-test/1/9000`;

export const revisionArn = (revision: number): string => `${ECS}:task-definition/ecs-task-test:${String(revision)}`;

const trust = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
};

/** An environment that passes all checks of a release: the responses of AWS by command name. A test changes single responses. */
export class PreflightFixture {
  readonly bucket = new FakeBucket(() => new Date('2026-11-24T10:00:00Z'));
  readonly ecr = new FakeEcr();
  /** The content of the environment file, without tags. */
  file: object = {};
  now = new Date('2026-11-24T10:00:00Z');
  timeScale = 1;
  /** The number of calls per command. */
  readonly calls: Record<string, number> = {};
  service: Record<string, unknown> = {
    serviceName: 'ecs-service-test',
    status: 'ACTIVE',
    deploymentController: { type: 'CODE_DEPLOY' },
    desiredCount: 3,
    runningCount: 3,
    taskSets: [{ status: 'PRIMARY', taskDefinition: revisionArn(7), loadBalancers: [{ targetGroupArn: BLUE }] }],
  };
  definition: Record<string, unknown> = {
    family: 'ecs-task-test',
    revision: 7,
    executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/iam-role-execution-test`,
    taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/iam-role-task-test`,
    containerDefinitions: [
      {
        name: 'batch-processor',
        image: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ecr-repository-test:1.4.2`,
        secrets: [{ name: 'DB', valueFrom: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/risk/db` }],
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'log-group-container-test' } },
      },
    ],
  };
  /** The permissions of the task execution role. */
  rights: object = {
    Statement: [
      { Effect: 'Allow', Action: ['logs:PutLogEvents'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ssm:GetParameters'],
        Resource: [`arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/risk/db`],
      },
    ],
  };
  deploymentGroup: Record<string, unknown> = {
    ...new FakeCodeDeploy(jest.fn()).group,
    ecsServices: [{ clusterName: 'ecs-cluster-test', serviceName: 'ecs-service-test' }],
    autoRollbackConfiguration: {
      enabled: true,
      events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
    },
    loadBalancerInfo: {
      targetGroupPairInfoList: [
        {
          prodTrafficRoute: { listenerArns: [PRODUCTION] },
          testTrafficRoute: { listenerArns: [TEST] },
          targetGroups: [{ name: 'tg-blue-test' }, { name: 'tg-green-test' }],
        },
      ],
    },
  };
  readonly answers: Record<string, Handler> = {
    DescribeServices: () => ({ services: [this.service] }),
    GetServiceQuota: () => ({ Quota: { Value: 100 } }),
    DescribeClusters: () => ({ clusters: [{ capacityProviders: ['FARGATE', 'FARGATE_SPOT'] }] }),
    ListTaskDefinitions: () => ({ taskDefinitionArns: [revisionArn(7)] }),
    DescribeTaskDefinition: ({ taskDefinition }) => ({
      taskDefinition: { ...this.definition, taskDefinitionArn: taskDefinition as string, status: 'ACTIVE' },
    }),
    GetDeploymentGroup: () => ({ deploymentGroupInfo: this.deploymentGroup }),
    GetDeploymentConfig: () => ({
      deploymentConfigInfo: {
        trafficRoutingConfig: { timeBasedLinear: { linearPercentage: 10, linearInterval: 1 } },
      },
    }),
    ListDeployments: () => ({}),
    GetRole: () => ({ Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)) } }),
    ListRolePolicies: () => ({ PolicyNames: ['iam-policy-execution-test'] }),
    GetRolePolicy: () => ({ PolicyDocument: encodeURIComponent(JSON.stringify(this.rights)) }),
    ListAttachedRolePolicies: () => ({}),
    DescribeLogGroups: ({ logGroupNamePrefix }) => ({ logGroups: [{ logGroupName: logGroupNamePrefix as string }] }),
    DescribeParameters: ({ ParameterFilters }) => ({
      Parameters: (ParameterFilters as Input[])[0]?.['Values'].map((Name: string) => ({ Name })) as object[],
    }),
    DescribeSubnets: ({ Filters }) => ({
      Subnets: ((Filters as Input[])[0]?.['Values'] as string[]).map((SubnetId) => ({
        SubnetId,
        AvailableIpAddressCount: 200,
      })),
    }),
    DescribeSecurityGroups: ({ Filters }) => ({
      SecurityGroups: ((Filters as Input[])[0]?.['Values'] as string[]).map((GroupId) => ({
        GroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 }],
      })),
    }),
    DescribeTargetGroups: ({ Names: [name] }) => ({
      TargetGroups: [{ TargetGroupName: name as string, TargetGroupArn: name === 'tg-blue-test' ? BLUE : GREEN }],
    }),
    DescribeListeners: ({ ListenerArns: [arn] }) => ({
      Listeners: [
        arn === PRODUCTION
          ? { Port: 80, DefaultActions: [{ Type: 'forward', TargetGroupArn: BLUE }] }
          : { Port: 9000, DefaultActions: [{ Type: 'forward', TargetGroupArn: GREEN }] },
      ],
    }),
    DescribeAlarms: ({ AlarmNames }) => ({
      MetricAlarms: (AlarmNames as string[]).map((AlarmName) => ({ AlarmName, StateValue: 'OK' })),
    }),
  };

  constructor() {
    this.ecr.repository = 'ecr-repository-test';
    this.ecr.images.push({ digest: digestOf('a1'), tags: ['1.4.2'], pushedAt: new Date('2026-11-23T20:15:00Z') });
    this.ecr.scans = [complete()];
    this.bucket.put('test/network.tfstate', {
      outputs: {
        private_subnet_ids_0: { value: 'subnet-1' },
        private_subnet_ids_1: { value: 'subnet-2' },
        private_subnet_ids_2: { value: 'subnet-3' },
        tasks_security_group_id: { value: 'sg-1' },
      },
    });
    this.bucket.terraformKnows(revisionArn(7));
  }

  /** A successful release for a rollback. */
  released(tag: string, revision: number, digest = 'a1'): void {
    const startedAt = `2026-11-2${String(revision)}T10:00:00.000Z`;
    const to = { tag, digest: digestOf(digest), taskDefinition: revisionArn(revision) };
    const record = recordFixture({ startedAt, to, outcome: 'succeeded' });
    this.bucket.put(`test/releases/${startedAt}-r1.json`, record);
  }

  refuse(command: string, name: string, message = name): void {
    this.answers[command] = () => {
      throw sdkError(name, message);
    };
  }

  async run(request: Partial<ReleaseRequest> = {}) {
    const tags = { Project: 'nightshift', CostCenter: '4711' };
    const target = releaseTarget(environmentOf(environmentFile.parse({ tags, ...this.file }), 'test', 'test'));
    const any = fakeClient(this.answers, (command) => {
      this.calls[command] = (this.calls[command] ?? 0) + 1;
      return undefined;
    });
    const services = ['ecs', 'codedeploy', 'elbv2', 'cloudwatch', 'logs', 'iam', 'ssm', 'ec2', 'servicequotas'];
    const clients = {
      ...Object.fromEntries(services.map((service) => [service, any])),
      s3: this.bucket.client,
      ecr: this.ecr.client,
    } as unknown as ReleaseClients;
    const clock = { now: () => this.now };
    return await preflight({ target, clients, clock, timeScale: this.timeScale }, { kind: 'release', ...request });
  }

  /** Returns the result of one check as a line. */
  async line(title: string, request: Partial<ReleaseRequest> = {}): Promise<string> {
    const { groups } = await this.run(request);
    const item = groups.flatMap(({ items }) => items).find((one) => one.title === title);
    return `[${String(item?.mark)}] ${String(item?.detail)}${item?.remedy === undefined ? '' : ` -> ${item.remedy}`}`;
  }
}
