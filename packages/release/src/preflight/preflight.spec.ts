import { sdkError } from '@nightshift/testing/aws';
import { digestOf, PreflightFixture } from '../testing';
import { revisionArn } from '../testing/preflight-fixture';

describe('preflight (R10.5)', () => {
  let fixture: PreflightFixture;
  beforeEach(() => {
    fixture = new PreflightFixture();
  });

  it('passes all checks of a release', async () => {
    const { plan, groups, problems } = await fixture.run({ image: '1.4.2' });
    expect(plan?.to).toEqual({ tag: '1.4.2', digest: digestOf('a1') });
    expect(problems).toEqual([]);
    expect(
      groups.map(({ title, items }) => [title, ...items.map((item) => `[${item.mark}] ${item.title}: ${item.detail}`)]),
    ).toEqual([
      [
        'Service',
        '[OK] service: ecs-service-test runs ecs-task-test:7',
        '[OK] desired count: 3, 3 running',
        '[OK] capacity: FARGATE_SPOT 70, FARGATE 30',
        '[OK] quota Fargate Spot vCPU resource count: 100 vCPU, 8 needed for a release of 3 tasks',
        '[OK] quota Fargate On-Demand vCPU resource count: 100 vCPU, 4 needed for a release of 3 tasks',
      ],
      [
        'Version',
        "[OK] task definition: ecs-task-test:7 is Terraform's newest revision",
        `[OK] image: 1.4.2 is ${digestOf('a1')}, pushed 2026-11-23 20:15 UTC`,
        '[OK] images in use: 1.4.2',
        '[OK] vulnerabilities: no finding, scanned 2024-12-24 01:02 UTC',
        '[OK] roles: iam-role-execution-test, iam-role-task-test trust ECS',
        '[OK] log groups: log-group-container-test',
        '[OK] secrets: /risk/db',
        '[OK] access to secrets: iam-role-execution-test can read them',
      ],
      ['Network', '[OK] subnets: 3, with 600 free addresses', '[OK] security groups: sg-1, with port 8080 open'],
      [
        'Deployment',
        '[OK] deployment group: codedeploy-group-test by CodeDeployDefault.ECSLinear10PercentEvery1Minutes, with automatic rollback',
        '[OK] target groups: tg-blue-test and tg-green-test; the running tasks are in tg-blue-test',
        '[OK] listeners: ports 80 and 9000; all production traffic goes to the running tasks',
        '[OK] gates: 2 alarms, none in ALARM',
        '[OK] no other release: no deployment in progress',
        '[SKIP] processing window: the environment has no processing windows',
      ],
    ]);
  });

  it('reads each value once, though several checks need it', async () => {
    await fixture.run();
    expect(fixture.calls['DescribeServices']).toBe(1);
    expect(fixture.calls['ListTaskDefinitions']).toBe(1);
    expect(fixture.calls['ListDeployments']).toBe(1);
  });

  it('reports all problems at once, each with its fix', async () => {
    fixture.service = { ...fixture.service, desiredCount: 0, runningCount: 0 };
    fixture.ecr.images.length = 0;
    fixture.answers['DescribeSecurityGroups'] = () => ({});
    const { plan, problems } = await fixture.run({ image: '1.4.3' });
    expect(plan).toBeUndefined();
    expect(problems).toEqual([
      {
        where: 'desired count',
        what: '0: a release needs running tasks',
        todo: 'start tasks first: aws ecs update-service --cluster ecs-cluster-test --service ecs-service-test --desired-count 2 --region us-east-1',
      },
      {
        where: 'image',
        what: 'ecr-repository-test: the image does not exist, got 1.4.3',
        todo: 'push it first; no image in the repository has a tag',
      },
      {
        where: 'security groups',
        what: 'security group not found: sg-1',
        todo: 'restore it: npx nx run network:deploy -c test',
      },
    ]);
  });

  it('reports a failed reading once, and skips the other checks that need it', async () => {
    fixture.answers['DescribeServices'] = () => ({ services: [] });
    fixture.refuse('GetDeploymentGroup', 'DeploymentGroupDoesNotExistException');
    const { groups } = await fixture.run();
    const items = groups.flatMap((group) => group.items).filter(({ mark }) => mark !== 'OK');
    const needs = (title: string, other: string) => ({
      mark: 'SKIP',
      title,
      detail: `needs ${other}`,
    });
    expect(items).toEqual([
      {
        mark: 'FAIL',
        title: 'service',
        detail: 'ecs-service-test: the service does not exist in us-east-1',
        remedy: 'deploy it first: npx nx run compute:deploy -c test',
      },
      needs('desired count', 'service'),
      needs('quota Fargate Spot vCPU resource count', 'service'),
      needs('quota Fargate On-Demand vCPU resource count', 'service'),
      needs('image', 'service'),
      needs('images in use', 'service'),
      needs('vulnerabilities', 'service'),
      needs('subnets', 'service'),
      {
        mark: 'FAIL',
        title: 'deployment group',
        detail: 'codedeploy-group-test: the deployment group does not exist in us-east-1',
        remedy: 'deploy it first: npx nx run compute:deploy -c test',
      },
      needs('target groups', 'deployment group'),
      needs('listeners', 'deployment group'),
      needs('gates', 'deployment group'),
      needs('no other release', 'deployment group'),
      { mark: 'SKIP', title: 'processing window', detail: 'the environment has no processing windows' },
    ]);
  });

  it('reports a denied call as one problem among others', async () => {
    fixture.refuse('GetRole', 'AccessDenied', 'User: x is not authorized to perform: iam:GetRole on resource: y.');
    expect(await fixture.line('roles')).toBe(
      '[FAIL] access denied: User: x is not authorized to perform: iam:GetRole on resource: y -> allow iam:GetRole for the role that you use, then run the same command again',
    );
    fixture.refuse('DescribeSubnets', 'UnauthorizedOperation', 'You are not authorized.');
    expect(await fixture.line('subnets')).toContain(' -> allow this action for the role that you use');
  });

  it.each([
    ['a defect', new TypeError('x is undefined')],
    ['bad credentials', sdkError('ExpiredTokenException')],
    ['no error', 'odd'],
  ])('ends with %s', async (_, error) => {
    fixture.answers['DescribeAlarms'] = () => {
      throw error;
    };
    await expect(fixture.run()).rejects.toBe(error);
  });

  describe('for a rollback', () => {
    it('checks the last good release instead of the newest task definition', async () => {
      fixture.released('1.4.1', 5);
      fixture.bucket.terraformKnows();
      const { plan, groups } = await fixture.run({ kind: 'rollback' });
      expect(plan?.to).toEqual({ tag: '1.4.1', digest: digestOf('a1'), taskDefinition: revisionArn(5) });
      expect(groups[1]?.items[0]).toEqual({
        mark: 'OK',
        title: 'last good release',
        detail: '1.4.1 by ecs-task-test:5',
      });
    });

    it('skips a release whose image is deleted, and reports it', async () => {
      fixture.released('1.4.0', 4);
      fixture.released('1.4.1', 5, 'ff');
      const { plan } = await fixture.run({ kind: 'rollback' });
      expect(plan?.to.taskDefinition).toBe(revisionArn(4));
      expect(await fixture.line('last good release', { kind: 'rollback' })).toBe(
        '[WARN] 1.4.0 by ecs-task-test:4; skipped 1.4.1: not in the repository any more -> choose another one with --to <release>, or push the image again',
      );
    });

    it('reports that there is none', async () => {
      expect(await fixture.line('last good release', { kind: 'rollback' })).toBe(
        '[FAIL] releases of test: no good release to roll back to, got no releases on record -> release an image instead: npx nx run compute:release -c test --image <tag>',
      );
    });
  });
});
