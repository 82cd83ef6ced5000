import { sdkError } from '@nightshift/testing/aws';
import { digestOf, REPOSITORY, revisionArn } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { recordFixture } from '../testing/record-fixture';
import { planFor } from '../testing/plan-fixture';
import { imageIn, RELEASED_BY } from './task-revisions';

const container = (image: string) => [{ name: 'batch-processor', image }];

const released = (base: string) => [RELEASED_BY, { key: 'TerraformRevision', value: base }];

describe('planRelease', () => {
  it('builds a version from the image digest and the last revision of Terraform', async () => {
    const platform = new FakePlatform();
    const plan = await planFor(platform.context);
    expect(plan).toMatchObject({
      kind: 'release',
      from: { tag: 'initial', digest: digestOf('1a'), taskDefinition: revisionArn(1) },
      to: { tag: '1.4.2', digest: digestOf('2b') },
      terraform: { arn: revisionArn(1) },
      network: { subnets: ['subnet-1', 'subnet-2', 'subnet-3'], securityGroups: ['sg-1'] },
    });
    expect(plan.to.taskDefinition).toBeUndefined();
    expect(plan.wanted).toEqual({
      family: 'ecs-task-test',
      cpu: '2048',
      containerDefinitions: container(`${REPOSITORY}@${digestOf('2b')}`),
    });
    expect(imageIn(plan.runs, 'batch-processor')).toBe(`${REPOSITORY}:initial`);
  });

  it('keeps the shares of Spot and on-demand capacity (R5.2)', async () => {
    const plan = await planFor(new FakePlatform().context, { kind: 'release' });
    expect(plan.strategy).toEqual([
      { capacityProvider: 'FARGATE_SPOT', weight: 70, base: 0 },
      { capacityProvider: 'FARGATE', weight: 30, base: 0 },
    ]);
  });

  it('accepts a digest, with or without a tag', async () => {
    const { context } = new FakePlatform();
    expect((await planFor(context, { kind: 'release', image: digestOf('2b') })).to.tag).toBe('1.4.2');
    expect((await planFor(context, { kind: 'release', image: digestOf('3c') })).to).toEqual({
      digest: digestOf('3c'),
    });
  });

  it('uses the running image with the newest task definition by default', async () => {
    const platform = new FakePlatform();
    platform.ecs.register(
      { containerDefinitions: container(`${REPOSITORY}@${digestOf('2b')}`) },
      released(revisionArn(1)),
    );
    platform.ecs.service!.taskSets![0]!.taskDefinition = revisionArn(2);
    platform.ecs.register({ cpu: '4096', containerDefinitions: container(`${REPOSITORY}:initial`) });
    const { wanted, from } = await planFor(platform.context, { kind: 'release' });
    expect(wanted).toMatchObject({ cpu: '4096', containerDefinitions: container(`${REPOSITORY}@${digestOf('2b')}`) });
    expect(from).toEqual({ digest: digestOf('2b'), tag: '1.4.2', taskDefinition: revisionArn(2) });
  });

  it('builds on the revision of Terraform, not on an earlier release, and reuses an equal revision', async () => {
    const platform = new FakePlatform();
    platform.ecs.register(
      { containerDefinitions: container(`${REPOSITORY}@${digestOf('2b')}`) },
      released(revisionArn(1)),
    );
    const plan = await planFor(platform.context);
    expect(plan.terraform.arn).toBe(revisionArn(1));
    expect(plan.to).toEqual({ digest: digestOf('2b'), tag: '1.4.2', taskDefinition: revisionArn(2) });
    const other = await planFor(platform.context, { kind: 'release', image: digestOf('3c') });
    expect(other.to.taskDefinition).toBeUndefined();
  });

  it('builds on the revision in the state, even if another client has registered and released others', async () => {
    const platform = new FakePlatform();
    platform.bucket.terraformKnows(revisionArn(1));
    platform.ecs.register({ cpu: '4096', containerDefinitions: container(`${REPOSITORY}@${digestOf('3c')}`) });
    platform.ecs.service!.taskSets![0]!.taskDefinition = revisionArn(2);
    const plan = await planFor(platform.context, { kind: 'release' });
    expect(plan).toMatchObject({ terraform: { arn: revisionArn(1) }, from: { taskDefinition: revisionArn(2) } });
    expect(plan.wanted).toMatchObject({
      cpu: '2048',
      containerDefinitions: container(`${REPOSITORY}@${digestOf('3c')}`),
    });
  });

  it('finds an earlier revision if Terraform replaced its revision during a release', async () => {
    const platform = new FakePlatform();
    platform.ecs.register({ cpu: '4096', containerDefinitions: container(`${REPOSITORY}:initial`) });
    platform.ecs.register(
      { containerDefinitions: container(`${REPOSITORY}@${digestOf('2b')}`) },
      released(revisionArn(1)),
    );
    platform.ecs.register(
      { containerDefinitions: container(`${REPOSITORY}@${digestOf('3c')}`) },
      released(revisionArn(1)),
    );
    platform.ecs.deregister(1);
    platform.ecs.pageSize = 1;
    expect((await planFor(platform.context, { kind: 'release' })).terraform.arn).toBe(revisionArn(2));
  });

  it('restores the last good release unchanged', async () => {
    const platform = new FakePlatform();
    platform.ecs.register(
      { containerDefinitions: container(`${REPOSITORY}@${digestOf('2b')}`) },
      released(revisionArn(1)),
    );
    const to = { digest: digestOf('2b'), tag: '1.4.2', taskDefinition: revisionArn(2) };
    platform.bucket.put('test/releases/1.json', recordFixture({ outcome: 'succeeded', to }));
    expect(await planFor(platform.context, { kind: 'rollback', duringWindow: 'wrong results' })).toMatchObject({
      kind: 'rollback',
      duringWindow: 'wrong results',
      to,
      wanted: { containerDefinitions: container(`${REPOSITORY}@${digestOf('2b')}`) },
    });
    platform.ecs.deregister(2);
    const again = await planFor(platform.context, { kind: 'rollback' });
    expect(again.to).toEqual({ digest: digestOf('2b'), tag: '1.4.2' });
  });

  it('reports that there is no release to roll back to', async () => {
    const platform = new FakePlatform();
    const refused = planFor(platform.context, { kind: 'rollback' });
    await expect(refused).rejects.toThrow(
      'releases of test: no good release to roll back to, got no releases on record - release an image instead: npx nx run compute:release -c test --image <tag>',
    );
    platform.bucket.put('test/releases/1.json', recordFixture({ outcome: 'rolled-back' }));
    await expect(planFor(platform.context, { kind: 'rollback' })).rejects.toThrow(
      'got 1 on record, none that succeeded with another version - ',
    );
  });

  it('reads the settings of CodeDeploy', async () => {
    const platform = new FakePlatform();
    const settings = async () => (await planFor(platform.context, { kind: 'release' })).settings;
    expect(await settings()).toEqual({
      configuration: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
      routing: { type: 'linear', percentage: 10, intervalMinutes: 1 },
      terminationWaitMinutes: 10,
      testWaitMinutes: 0,
      gates: ['alarm-gate-5xx-test', 'alarm-gate-latency-test'],
      productionListeners: ['arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/alb-test/1/2'],
      targetGroups: ['tg-blue-test', 'tg-green-test'],
    });
    platform.codedeploy.routing = { timeBasedCanary: { canaryPercentage: 20, canaryInterval: 5 } };
    expect((await settings()).routing).toEqual({ type: 'canary', percentage: 20, intervalMinutes: 5 });
    platform.codedeploy.routing = { type: 'AllAtOnce' };
    delete platform.codedeploy.group!.alarmConfiguration;
    platform.codedeploy.group!.blueGreenDeploymentConfiguration = { terminateBlueInstancesOnDeploymentSuccess: {} };
    expect(await settings()).toMatchObject({ routing: { type: 'all-at-once' }, gates: [], terminationWaitMinutes: 0 });
  });

  it('reports a missing cluster, primary task set or Terraform revision', async () => {
    const platform = new FakePlatform();
    platform.ecs.clusterExists = false;
    await expect(planFor(platform.context, { kind: 'release' })).rejects.toThrow(
      'the service does not exist in us-east-1',
    );
    platform.ecs.clusterExists = true;
    platform.ecs.service!.taskSets = [];
    await expect(planFor(platform.context, { kind: 'release' })).rejects.toThrow(
      'ecs-service-test: the service has no primary task set - deploy the compute stack: npx nx run compute:deploy -c test',
    );
    const other = new FakePlatform();
    other.ecs.deregister(1);
    other.ecs.register({}, released(revisionArn(1)));
    await expect(planFor(other.context, { kind: 'release' })).rejects.toThrow(
      'Terraform has registered no task definition',
    );
  });

  it.each([
    [
      '9.9.9',
      'ecr-repository-test: the image does not exist, got 9.9.9 - push it first, or use one of the newest: 1.4.2, initial',
    ],
    [
      'a b',
      'nightshift release: the image is neither a tag nor a digest, got a b - pass a tag, such as --image 1.4.2, or a digest: sha256: and 64 hexadecimal digits',
    ],
  ])('refuses image %s', async (image, message) => {
    await expect(planFor(new FakePlatform().context, { kind: 'release', image })).rejects.toThrow(message);
  });

  it('reports a missing repository', async () => {
    const platform = new FakePlatform();
    platform.fail('DescribeImages', sdkError('ImageNotFoundException'));
    platform.fail('DescribeImages', sdkError('RepositoryNotFoundException'));
    await expect(planFor(platform.context)).rejects.toThrow(
      'ecr-repository-test: the repository does not exist in us-east-1 - deploy it first: npx nx run registry:deploy -c test',
    );
  });

  it('names the running version even if its image is deleted', async () => {
    const platform = new FakePlatform();
    platform.ecr.images.pop();
    const { from } = await planFor(platform.context);
    expect(from).toEqual({ tag: 'initial', taskDefinition: revisionArn(1) });
    platform.ecs.revisions[0]!.definition.containerDefinitions = container(`${REPOSITORY}@${digestOf('9f')}`);
    expect((await planFor(platform.context)).from).toEqual({
      digest: digestOf('9f'),
      taskDefinition: revisionArn(1),
    });
  });

  it.each([
    [
      'the network stack is not deployed',
      (platform: FakePlatform) => platform.bucket.objects.clear(),
      's3://s3-tfstate-nightshift-test/test/network.tfstate: the network stack does not publish the subnets and the security group of tasks - deploy it first: npx nx run network:deploy -c test',
    ],
    [
      'Terraform has registered no revision',
      (platform: FakePlatform) => platform.ecs.deregister(1),
      'ecs-task-test: Terraform has registered no task definition - deploy it first: npx nx run compute:deploy -c test',
    ],
    [
      'there is no deployment group',
      (platform: FakePlatform) => (platform.codedeploy.group = undefined),
      'codedeploy-group-test: the deployment group does not exist in us-east-1 - deploy it first: npx nx run compute:deploy -c test',
    ],
  ])('refuses when %s', async (_, remove, message) => {
    const platform = new FakePlatform();
    remove(platform);
    await expect(planFor(platform.context, { kind: 'release' })).rejects.toThrow(message);
  });

  it('names the running image by its task definition if the repository is missing', async () => {
    const platform = new FakePlatform();
    platform.fail('DescribeImages', sdkError('RepositoryNotFoundException'));
    expect((await planFor(platform.context)).from).toEqual({ tag: 'initial', taskDefinition: revisionArn(1) });
  });

  it.each(['DescribeImages', 'DescribeServices', 'GetDeploymentGroup'])(
    'rethrows other errors of %s',
    async (command) => {
      const platform = new FakePlatform();
      platform.fail(command, sdkError('AccessDeniedException', 'not authorized'));
      await expect(planFor(platform.context, { kind: 'release' })).rejects.toThrow('not authorized');
    },
  );
});
