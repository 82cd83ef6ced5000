import { digestOf, PreflightFixture } from '../testing';
import { sdkError } from '@nightshift/testing/aws';

describe('preflight (R10.5)', () => {
  let fixture: PreflightFixture;
  beforeEach(() => {
    fixture = new PreflightFixture();
  });

  it('looks at all that a release needs, and finds it good', async () => {
    const { passed, groups, problems } = await fixture.run({ image: '1.4.2' });
    expect(passed).toBe(true);
    expect(problems).toEqual([]);
    expect(
      groups.map(({ title, items }) => [title, ...items.map((item) => `[${item.mark}] ${item.title}: ${item.detail}`)]),
    ).toEqual([
      [
        'Service',
        '[OK] service: ecs-service-test runs ecs-task-test:7',
        '[OK] desired count: 3, of which 3 run',
        '[OK] capacity: FARGATE_SPOT 70, FARGATE 30',
      ],
      [
        'Version',
        '[OK] task definition: ecs-task-test:7 is what Terraform made last',
        `[OK] image: 1.4.2 is ${digestOf('a1')}, pushed 2026-11-23 20:15 UTC`,
        '[OK] vulnerabilities: no finding, scanned 2024-12-24 01:02 UTC',
        '[OK] roles: iam-role-execution-test, iam-role-task-test trust ECS',
        '[OK] log groups: log-group-container-test',
        '[OK] secrets: /risk/db',
        '[OK] access to secrets: iam-role-execution-test may read them',
      ],
      ['Network', '[OK] subnets: 3, with 600 free addresses', '[OK] security groups: sg-1, with port 8080 open'],
      [
        'Deployment',
        '[OK] deployment group: codedeploy-group-test by CodeDeployDefault.ECSLinear10PercentEvery1Minutes, with automatic rollback',
        '[OK] target groups: tg-blue-test and tg-green-test; the tasks that run are in tg-blue-test',
        '[OK] listeners: ports 80 and 9000; all production traffic goes to the tasks that run',
        '[OK] gates: 2 alarms, none in ALARM',
        '[OK] no other release: no deployment goes on',
        '[SKIP] processing window: the environment has none',
      ],
    ]);
  });

  it('reads each thing once, though several checks need it', async () => {
    await fixture.run();
    expect(fixture.calls['DescribeServices']).toBe(1);
    expect(fixture.calls['ListTaskDefinitions']).toBe(1);
    expect(fixture.calls['ListDeployments']).toBe(1);
  });

  it('names all problems at once, each with its remedy', async () => {
    fixture.service = { ...fixture.service, desiredCount: 0, runningCount: 0 };
    fixture.ecr.images.length = 0;
    fixture.answers['DescribeSecurityGroups'] = () => ({});
    const { passed, problems } = await fixture.run({ image: '1.4.3' });
    expect(passed).toBe(false);
    expect(problems).toEqual([
      {
        where: 'desired count',
        what: '0: no task would show whether the new version works',
        todo: 'start some first: aws ecs update-service --cluster ecs-cluster-test --service ecs-service-test --region us-east-1 --desired-count 2',
      },
      {
        where: 'image',
        what: 'ecr-repository-test: there is no such image, got 1.4.3',
        todo: 'push it: no image has a tag',
      },
      {
        where: 'security groups',
        what: 'there is no security group sg-1',
        todo: 'bring it back: npx nx run network:deploy -c test',
      },
    ]);
  });

  it('tells once of what several checks need, and looks no further there', async () => {
    fixture.answers['DescribeServices'] = () => ({ services: [] });
    fixture.refuse('GetDeploymentGroup', 'DeploymentGroupDoesNotExistException');
    const { groups } = await fixture.run();
    const items = groups.flatMap((group) => group.items).filter(({ mark }) => mark !== 'OK');
    const needs = (title: string, other: string) => ({
      mark: 'SKIP',
      title,
      detail: `not looked at, as it needs: ${other}`,
    });
    expect(items).toEqual([
      {
        mark: 'NG',
        title: 'service',
        detail: 'ecs-service-test: there is no such service in us-east-1',
        remedy: 'deploy it first: npx nx run compute:deploy -c test',
      },
      needs('desired count', 'service'),
      needs('image', 'service'),
      needs('vulnerabilities', 'service'),
      needs('subnets', 'service'),
      {
        mark: 'NG',
        title: 'deployment group',
        detail: 'codedeploy-group-test: there is no such deployment group in us-east-1',
        remedy: 'deploy it first: npx nx run compute:deploy -c test',
      },
      needs('target groups', 'deployment group'),
      needs('listeners', 'deployment group'),
      needs('gates', 'deployment group'),
      needs('no other release', 'deployment group'),
      { mark: 'SKIP', title: 'processing window', detail: 'the environment has none' },
    ]);
  });

  it('takes a call that is not allowed as one problem among others', async () => {
    fixture.refuse('GetRole', 'AccessDenied', 'User: x is not authorized to perform: iam:GetRole on resource: y.');
    expect(await fixture.line('roles')).toBe(
      '[NG] AWS does not allow to look: User: x is not authorized to perform: iam:GetRole on resource: y -> have iam:GetRole allowed to the role that you run as, then run the same command again',
    );
    fixture.refuse('DescribeSubnets', 'UnauthorizedOperation', 'You are not authorized.');
    expect(await fixture.line('subnets')).toContain(' -> have this action allowed to the role that you run as');
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

  describe('of a rollback', () => {
    it('looks at the last good release instead of what Terraform made last', async () => {
      fixture.released('1.4.1', 5);
      fixture.terraformKnows();
      const { passed, groups } = await fixture.run({ kind: 'rollback' });
      expect(passed).toBe(true);
      expect(groups[1]?.items[0]).toEqual({
        mark: 'OK',
        title: 'last good release',
        detail: '1.4.1 by ecs-task-test:5',
      });
    });

    it('says that there is none', async () => {
      expect(await fixture.line('last good release', { kind: 'rollback' })).toBe(
        '[NG] releases of test: there is no good release to go back to, got no release is recorded -> release the image that you want: npx nx run compute:release -c test --image <tag>',
      );
    });
  });
});
