import {
  BLUE,
  complete,
  digestOf,
  finding,
  GREEN,
  PreflightFixture,
  PRODUCTION,
  revisionArn,
  scanIn,
  TEST,
} from '../testing';
import { recordFixture } from '../testing/record-fixture';

const deploy = 'npx nx run compute:deploy -c test';

describe('the checks before a release', () => {
  let fixture: PreflightFixture;
  beforeEach(() => {
    fixture = new PreflightFixture();
  });

  describe('service', () => {
    it('refuses one that CodeDeploy does not release', async () => {
      delete fixture.service['deploymentController'];
      expect(await fixture.line('service')).toBe(
        '[FAIL] ECS is the deployment controller, not CODE_DEPLOY -> replace it with the compute stack: npx nx run compute:plan -c test',
      );
    });

    it('refuses a cluster without the capacity of the strategy', async () => {
      fixture.answers['DescribeClusters'] = () => ({ clusters: [{ capacityProviders: ['FARGATE'] }] });
      expect(await fixture.line('capacity')).toBe(
        `[FAIL] ecs-cluster-test has no capacity provider FARGATE_SPOT -> restore it: ${deploy}`,
      );
      fixture.answers['DescribeClusters'] = () => ({});
      expect(await fixture.line('capacity')).toContain(
        'FARGATE_SPOT; ecs-cluster-test has no capacity provider FARGATE',
      );
    });

    it('adds the new tasks to the usage of the vCPU quota', async () => {
      const UsageMetric = { MetricName: 'ResourceCount' };
      fixture.answers['GetServiceQuota'] = () => ({ Quota: { Value: 10, UsageMetric } });
      fixture.answers['GetMetricData'] = () => ({ MetricDataResults: [{ Values: [7] }] });
      const title = 'quota Fargate Spot vCPU resource count';
      expect(await fixture.line(title)).toContain(
        '[FAIL] 10 vCPU, 8 needed for a release of 3 tasks, 3 used by others -> ',
      );
      delete fixture.service['runningCount'];
      delete fixture.service['desiredCount'];
      expect(await fixture.line(title)).toContain('14 needed for scaling.maximum of 10 tasks, 7 used by others');
    });

    it('fails without a desired count', async () => {
      fixture.service = { ...fixture.service, desiredCount: undefined, runningCount: undefined };
      expect(await fixture.line('desired count')).toContain('[FAIL] 0: ');
      fixture.service = { ...fixture.service, desiredCount: 1 };
      expect(await fixture.line('desired count')).toBe('[OK] 1, 0 running');
      expect(await fixture.line('subnets')).toBe('[OK] 3, with 600 free addresses');
    });
  });

  describe('task definition', () => {
    it('is the revision of Terraform, not of another client', async () => {
      fixture.bucket.terraformKnows(revisionArn(6));
      fixture.answers['ListTaskDefinitions'] = () => ({ taskDefinitionArns: [6, 7].map(revisionArn) });
      expect(await fixture.line('task definition')).toBe(
        "[WARN] ecs-task-test:6 is Terraform's newest revision; ecs-task-test:7 was registered by another client, and the release does not use it -> move the changes that you need from it to the environment file",
      );
    });

    it('exists as long as it is in the state of Terraform', async () => {
      fixture.bucket.terraformKnows(revisionArn(8));
      expect(await fixture.line('task definition')).toBe(
        `[FAIL] ecs-task-test:7 is the newest, but Terraform's state has ecs-task-test:8, which is no longer active -> restore it: ${deploy}`,
      );
    });

    it.each([
      [
        'holds none',
        () => {
          fixture.bucket.terraformKnows();
        },
      ],
      ['is not there', () => fixture.bucket.objects.delete('test/compute.tfstate')],
      [
        'is of a kind that nobody knows',
        () => {
          fixture.bucket.put('test/compute.tfstate', []);
        },
      ],
    ])('is deployed by Terraform: the state %s', async (_, spoil) => {
      spoil();
      expect(await fixture.line('task definition')).toBe(
        `[FAIL] ecs-task-test:7 exists, but Terraform's state has no task definition -> deploy it: ${deploy}`,
      );
    });
  });

  describe('image', () => {
    it('is the one that runs unless another is named', async () => {
      expect(await fixture.line('image')).toBe(`[OK] 1.4.2 is ${digestOf('a1')}, pushed 2026-11-23 20:15 UTC`);
    });

    it('is named by its digest as well', async () => {
      expect(await fixture.line('image', { image: digestOf('a1') })).toBe(
        `[OK] ${digestOf('a1')} is 1.4.2, pushed 2026-11-23 20:15 UTC`,
      );
      fixture.ecr.images.push({ digest: digestOf('b2'), pushedAt: new Date('2026-11-24') });
      expect(await fixture.line('image', { image: digestOf('b2') })).toBe(
        `[OK] ${digestOf('b2')} has no tag, pushed 2026-11-24 00:00 UTC`,
      );
    });

    it('is a tag or a digest, and nothing else', async () => {
      expect(await fixture.line('image', { image: 'a/b:1' })).toContain(
        '[FAIL] nightshift release: the image is neither a tag nor a digest, got a/b:1 -> ',
      );
    });
  });

  describe('vulnerabilities', () => {
    it('are not more severe than the environment allows (R2.3)', async () => {
      fixture.ecr.scans = [complete(finding('CRITICAL', 'CVE-1'))];
      expect(await fixture.line('vulnerabilities')).toBe(
        '[FAIL] 1 finding above HIGH (1 CRITICAL), scanned 2024-12-24 01:02 UTC -> see them: npx nightshift scan --image 1.4.2 -c test; update, push under a new tag and release that; the limit is registry.highestSeverity in environments/test.yaml',
      );
      fixture.file = { registry: { highestSeverity: 'CRITICAL' } };
      expect(await fixture.line('vulnerabilities')).toContain('[OK] no finding above CRITICAL (1 CRITICAL)');
    });

    it('are known: the scan has ended', async () => {
      fixture.ecr.scans = [scanIn('IN_PROGRESS')];
      expect(await fixture.line('vulnerabilities')).toBe(
        '[FAIL] the scan is in progress -> wait for it: npx nightshift scan --image 1.4.2 -c test',
      );
      fixture.ecr.scans = [undefined];
      expect(await fixture.line('vulnerabilities')).toBe(
        '[FAIL] ecr-repository-test: image 1.4.2 has not been scanned -> scan it: npx nightshift scan --image 1.4.2 --start -c test',
      );
    });
  });

  describe('roles', () => {
    it('are there', async () => {
      fixture.refuse('GetRole', 'NoSuchEntityException');
      expect(await fixture.line('roles')).toBe(
        `[FAIL] role not found: iam-role-execution-test; role not found: iam-role-task-test -> restore them: ${deploy}`,
      );
    });

    it.each([
      ['another service', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ec2.amazonaws.com'] } }],
      ['nobody', { Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
      [
        'another act',
        { Effect: 'Allow', Action: ['sts:TagSession'], Principal: { Service: 'ecs-tasks.amazonaws.com' } },
      ],
      ['everybody', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
      ['what is not said', { Effect: 'Allow' }],
    ])('trust ECS, not %s', async (_, statement) => {
      const document = encodeURIComponent(JSON.stringify({ Statement: statement }));
      fixture.answers['GetRole'] = () => ({ Role: { AssumeRolePolicyDocument: document } });
      delete fixture.definition['taskRoleArn'];
      expect(await fixture.line('roles')).toBe(
        `[FAIL] iam-role-execution-test does not trust ecs-tasks.amazonaws.com -> restore them: ${deploy}`,
      );
    });

    it('rethrows other errors of IAM', async () => {
      fixture.refuse('GetRole', 'ServiceFailure');
      await expect(fixture.run()).rejects.toThrow('ServiceFailure');
    });
  });

  describe('what a task starts with', () => {
    it('are its log groups, and not others of a like name', async () => {
      fixture.answers['DescribeLogGroups'] = () => ({ logGroups: [{ logGroupName: 'log-group-container-test-2' }] });
      const missing = `[FAIL] log group not found: log-group-container-test -> restore it: ${deploy}`;
      expect(await fixture.line('log groups')).toBe(missing);
      fixture.answers['DescribeLogGroups'] = () => ({});
      expect(await fixture.line('log groups')).toBe(missing);
    });

    it('are its secrets', async () => {
      fixture.answers['DescribeParameters'] = () => ({});
      expect(await fixture.line('secrets')).toBe(
        "[FAIL] parameter not found: /risk/db -> aws ssm put-parameter --type SecureString --name /risk/db --value '…' --region us-east-1",
      );
    });

    it('are more secrets than AWS tells of at once', async () => {
      const secrets = Array.from({ length: 60 }, (_, number) => ({
        name: `S${String(number)}`,
        valueFrom: `p${String(number)}`,
      }));
      fixture.definition['containerDefinitions'] = [{ name: 'batch-processor', image: 'x:1.4.2', secrets }];
      const asked: number[] = [];
      fixture.answers['DescribeParameters'] = ({ ParameterFilters: [{ Values }], NextToken }) => {
        asked.push((Values as string[]).length);
        const names = (Values as string[]).map((Name) => ({ Name }));
        return NextToken === undefined
          ? { Parameters: names.slice(0, 5), NextToken: '2' }
          : { Parameters: names.slice(5) };
      };
      expect(await fixture.line('secrets')).toContain('[OK] p0, p1, ');
      expect(asked).toEqual([50, 50, 10, 10]);
    });

    it('may be a parameter whose name has no slash before it, though its ARN has', async () => {
      fixture.answers['DescribeParameters'] = () => ({ Parameters: [{ Name: 'risk/db' }] });
      expect(await fixture.line('secrets')).toBe('[OK] /risk/db');
    });

    it.each([
      ['another act', { Effect: 'Allow', Action: 'ssm:PutParameter', Resource: '*' }],
      ['another secret', { Effect: 'Allow', Action: 'ssm:*', Resource: 'arn:aws:ssm:*:*:parameter/risk/d' }],
      ['no act at all', { Effect: 'Allow', Resource: '*' }],
      ['nothing at all', { Effect: 'Allow', Action: 'ssm:GetParameters' }],
      ['what is forbidden', { Effect: 'Deny', Action: 'ssm:GetParameters', Resource: '*' }],
    ])('are secrets that the execution role may read, not %s', async (_, statement) => {
      fixture.rights = { Statement: statement };
      expect(await fixture.line('access to secrets')).toBe(
        `[FAIL] iam-role-execution-test cannot read /risk/db -> allow it: ${deploy}`,
      );
    });

    it('are secrets that the role may read by a pattern', async () => {
      fixture.rights = {
        Statement: { Effect: 'Allow', Action: 'ssm:Get*', Resource: 'arn:aws:ssm:*:*:parameter/risk/d?' },
      };
      expect(await fixture.line('access to secrets')).toBe('[OK] iam-role-execution-test can read them');
    });

    it('are secrets of which nobody can say who can read them, where the role has managed policies', async () => {
      fixture.answers['ListRolePolicies'] = () => ({});
      fixture.answers['ListAttachedRolePolicies'] = () => ({ AttachedPolicies: [{ PolicyName: 'Everything' }] });
      expect(await fixture.line('access to secrets')).toBe(
        '[SKIP] iam-role-execution-test has managed policies, which are not checked',
      );
    });

    it('is nobody without the role, which another check tells of', async () => {
      fixture.refuse('ListRolePolicies', 'NoSuchEntityException');
      expect(await fixture.line('access to secrets')).toBe('[SKIP] needs: roles');
      fixture.refuse('ListRolePolicies', 'ServiceFailure');
      await expect(fixture.run()).rejects.toThrow('ServiceFailure');
    });

    it('may be nothing of the kind', async () => {
      fixture.definition['containerDefinitions'] = [{ name: 'batch-processor', image: 'x:1.4.2' }];
      expect(await fixture.line('secrets')).toBe('[OK] no container uses secrets');
      expect(await fixture.line('access to secrets')).toBe('[SKIP] no container uses secrets');
      expect(await fixture.line('log groups')).toBe('[OK] no container writes to one');
    });
  });

  describe('network', () => {
    it('is there', async () => {
      fixture.answers['DescribeSubnets'] = () => ({ Subnets: [{ SubnetId: 'subnet-2' }] });
      expect(await fixture.line('subnets')).toBe(
        '[FAIL] subnet not found: subnet-1; subnet not found: subnet-3 -> restore them: npx nx run network:deploy -c test',
      );
      fixture.answers['DescribeSubnets'] = () => ({});
      expect(await fixture.line('subnets')).toContain('subnet not found: subnet-2');
    });

    it('admits the port of the new tasks, which that of the version to go back to may not be', async () => {
      const admitting = (IpPermissions?: object[]) => {
        const SecurityGroups = [{ GroupId: 'sg-1', IpPermissions }];
        fixture.answers['DescribeSecurityGroups'] = () => ({ SecurityGroups });
      };
      const [container] = fixture.definition.containerDefinitions as object[];
      const onPort = (containerPort: number) => ({ ...container, portMappings: [{ containerPort }] });
      admitting([{ IpProtocol: 'tcp', FromPort: 9090, ToPort: 9090 }]);
      expect(await fixture.line('security groups')).toBe(
        '[FAIL] no rule of sg-1 admits the load balancer on port 8080 of the new tasks -> open it: npx nx run network:deploy -c test',
      );
      fixture.definition = { ...fixture.definition, containerDefinitions: [onPort(9090)] };
      expect(await fixture.line('security groups')).toBe('[OK] sg-1, with port 9090 open');
      admitting([{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 }]);
      expect(await fixture.line('security groups')).toBe(
        '[FAIL] no rule of sg-1 admits the load balancer on port 9090 of the new tasks -> open it: set container.previousPort to 9090, then npx nx run network:deploy -c test',
      );
      admitting();
      expect(await fixture.line('security groups')).toContain('admits the load balancer on port 9090');
      for (const rule of [{ IpProtocol: '-1' }, { IpProtocol: 'tcp' }]) {
        admitting([rule]);
        expect(await fixture.line('security groups')).toBe('[OK] sg-1, with port 9090 open');
      }
    });

    it('has room for a second set of tasks', async () => {
      const Subnets = ['subnet-1', 'subnet-2', 'subnet-3'].map((SubnetId, number) => ({
        SubnetId,
        ...(number < 2 && { AvailableIpAddressCount: 1 }),
      }));
      fixture.answers['DescribeSubnets'] = () => ({ Subnets });
      expect(await fixture.line('subnets')).toBe(
        '[FAIL] 2 free addresses for 3 new tasks -> free addresses, or scale the service in: each task takes one, and a release runs both versions at once',
      );
    });
  });

  describe('deployment group', () => {
    it('is for the service, and rolls back by itself', async () => {
      fixture.deploymentGroup = {
        ...fixture.deploymentGroup,
        ecsServices: [{ clusterName: 'another', serviceName: 'ecs-service-test' }],
        autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
      };
      expect(await fixture.line('deployment group')).toBe(
        `[FAIL] it is not for ecs-service-test; it does not roll back on DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST -> restore it: ${deploy}`,
      );
    });

    it.each([[{ enabled: false, events: ['DEPLOYMENT_FAILURE'] }], [{ enabled: true }], [undefined]])(
      'rolls back on everything: %j does not',
      async (autoRollbackConfiguration) => {
        fixture.deploymentGroup = { ...fixture.deploymentGroup, ecsServices: undefined, autoRollbackConfiguration };
        expect(await fixture.line('deployment group')).toContain(
          'it is not for ecs-service-test; it does not roll back on DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM',
        );
      },
    );
  });

  describe('target groups', () => {
    it.each(['TargetGroupNotFoundException', 'TargetGroupNotFound'])('are there: %s', async (name) => {
      fixture.refuse('DescribeTargetGroups', name);
      expect(await fixture.line('target groups')).toBe(
        '[FAIL] target group not found: tg-blue-test; target group not found: tg-green-test; the running tasks are in tg-blue-test, and CodeDeploy moves between tg-blue-test and tg-green-test -> see what differs: npx nightshift drift compute -c test',
      );
    });

    it.each([
      ['another', [{ targetGroupArn: 'arn:x/other/1' }], 'other'],
      ['one of an odd name', [{ targetGroupArn: 'odd' }], 'odd'],
      ['none', [], 'none'],
    ])('are those of the tasks that run, not %s', async (_, loadBalancers, words) => {
      fixture.service['taskSets'] = [{ status: 'PRIMARY', taskDefinition: revisionArn(7), loadBalancers }];
      expect(await fixture.line('target groups')).toContain(`[FAIL] the running tasks are in ${words}, and CodeDeploy`);
    });

    it('rethrow other errors of AWS', async () => {
      fixture.refuse('DescribeTargetGroups', 'ServiceFailure');
      await expect(fixture.run()).rejects.toThrow('ServiceFailure');
    });
  });

  describe('listeners', () => {
    const forward = (...groups: [string, number?][]) => ({
      Port: 80,
      DefaultActions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: groups.map(([TargetGroupArn, Weight]) => ({
              TargetGroupArn,
              ...(Weight !== undefined && { Weight }),
            })),
          },
        },
      ],
    });

    it.each(['ListenerNotFoundException', 'ListenerNotFound'])('are there: %s', async (name) => {
      const { DescribeListeners } = fixture.answers;
      fixture.answers['DescribeListeners'] = (input) => {
        if ((input['ListenerArns'] as string[])[0] === TEST) throw Object.assign(new Error(name), { name });
        return DescribeListeners!(input);
      };
      expect(await fixture.line('listeners')).toBe(`[FAIL] listener not found: ${TEST} -> restore them: ${deploy}`);
    });

    it('give all production traffic to the tasks that run, after a release by weights', async () => {
      fixture.answers['DescribeListeners'] = () => ({ Listeners: [forward([GREEN, 0], [BLUE, 100])] });
      expect(await fixture.line('listeners')).toContain('[OK] ports 80 and 80');
      fixture.answers['DescribeListeners'] = () => ({ Listeners: [forward([BLUE])] });
      expect(await fixture.line('listeners')).toContain('[OK]');
    });

    it.each([
      ['in part', () => forward([GREEN, 10], [BLUE, 90])],
      ['in whole', () => forward([GREEN, 100])],
      ['nowhere', () => ({ Port: 80 })],
    ])('do not give it to others %s', async (_, listener) => {
      fixture.answers['DescribeListeners'] = () => ({ Listeners: [listener()] });
      expect(await fixture.line('listeners')).toContain(
        `[FAIL] not all production traffic goes to the running tasks -> aws elbv2 modify-listener --listener-arn ${PRODUCTION} --default-actions Type=forward,TargetGroupArn=${BLUE} --region us-east-1`,
      );
    });

    it('are changed by a deployment in progress', async () => {
      fixture.answers['ListDeployments'] = () => ({ deployments: ['d-1'] });
      expect(await fixture.line('listeners')).toBe('[SKIP] a deployment is moving them');
      expect(await fixture.line('no other release')).toBe(
        '[FAIL] d-1 is in progress -> watch it: npx nightshift release watch -c test, or stop it: npx nightshift release stop -c test',
      );
    });

    it('wait for a release that another command is starting', async () => {
      const key = 'test/releases/2026-11-24T09:59:00.000Z-r0.json';
      fixture.bucket.put('test/releases/latest.json', { key });
      fixture.bucket.put(key, recordFixture());
      expect(await fixture.line('no other release')).toBe(
        '[FAIL] the release of 2026-11-24T10:00:00.000Z by arn:aws:iam::123456789012:user/deploy is starting -> wait for it: npx nightshift release watch -c test; if its command was killed, that command undoes the start after two minutes',
      );
      fixture.bucket.put(key, recordFixture({ outcome: 'not-started' }));
      expect(await fixture.line('no other release')).toBe('[OK] no deployment in progress');
    });

    it('rethrow other errors of AWS', async () => {
      fixture.refuse('DescribeListeners', 'ServiceFailure');
      await expect(fixture.run()).rejects.toThrow('ServiceFailure');
    });
  });

  describe('gates', () => {
    it('are there, and none is in ALARM (R10.4)', async () => {
      fixture.answers['DescribeAlarms'] = () => ({
        MetricAlarms: [{ AlarmName: 'alarm-gate-5xx-test', StateValue: 'ALARM', StateReason: 'Threshold Crossed' }],
      });
      expect(await fixture.line('gates')).toBe(
        `[FAIL] alarm not found: alarm-gate-latency-test; alarm-gate-5xx-test is in ALARM: Threshold Crossed -> restore it: ${deploy}; fix the cause first, since CodeDeploy refuses a release while a gate is in ALARM: aws cloudwatch describe-alarm-history --alarm-name alarm-gate-5xx-test --region us-east-1`,
      );
      fixture.answers['DescribeAlarms'] = () => ({});
      expect(await fixture.line('gates')).toContain('[FAIL] alarm not found: alarm-gate-5xx-test; alarm not found:');
    });

    it('may fire before a rollback: that is why it is made', async () => {
      fixture.released('1.4.1', 5);
      fixture.answers['DescribeAlarms'] = ({ AlarmNames }) => ({
        MetricAlarms: (AlarmNames as string[]).map((AlarmName) => ({
          AlarmName,
          StateValue: AlarmName.includes('5xx') ? 'ALARM' : 'OK',
          StateReason: 'Threshold Crossed',
        })),
      });
      expect(await fixture.line('gates', { kind: 'rollback' })).toBe(
        '[OK] alarm-gate-5xx-test is in ALARM: Threshold Crossed; a rollback uses the other alarms',
      );
      expect(await fixture.line('gates')).toContain('[FAIL] alarm-gate-5xx-test is in ALARM');
    });

    it.each([[{ enabled: false, alarms: [{ name: 'a' }] }], [{ enabled: true }], [{}], [undefined]])(
      'are watched by CodeDeploy, not %j',
      async (alarmConfiguration) => {
        fixture.deploymentGroup = { ...fixture.deploymentGroup, alarmConfiguration };
        expect(await fixture.line('gates')).toBe(`[FAIL] CodeDeploy watches no alarm -> restore them: ${deploy}`);
      },
    );
  });

  it('checks the processing windows with the duration of a release (R14.2)', async () => {
    fixture.file = {
      processingWindows: [{ name: 'night', days: ['monday'], from: '20:00', to: '06:00', timeZone: 'Europe/Berlin' }],
    };
    expect(await fixture.line('processing window')).toBe('[OK] 22 min fit');
  });
});
