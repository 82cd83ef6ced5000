import type { ContainerDefinition, TaskSet } from '@aws-sdk/client-ecs';
import { sdkError } from '@nightshift/testing/aws';
import { deregisterFamily, releaseDue } from './terraform-handoff';
import { BLUE_GROUP, digestOf, REPOSITORY, revisionArn, taskSet } from './testing/fake-ecs';
import { FakePlatform } from './testing/fake-platform';

const released = (terraform: number) => [
  { key: 'ReleasedBy', value: 'nightshift' },
  { key: 'TerraformRevision', value: revisionArn(terraform) },
];

const content = (image: string, container: Partial<ContainerDefinition> = {}) => ({
  containerDefinitions: [{ name: 'batch-processor', image: `${REPOSITORY}${image}`, ...container }],
});

describe('releaseDue (R10.5)', () => {
  let platform: FakePlatform;
  /** The service runs a revision, in all else as the environment says. */
  const run = (revision: number, changes: Partial<TaskSet> = {}) => {
    const primary: TaskSet = {
      ...taskSet('ecs-svc/1', 'PRIMARY', revisionArn(revision), BLUE_GROUP),
      platformVersion: '1.4.0',
      capacityProviderStrategy: [
        { capacityProvider: 'FARGATE', weight: 30 },
        { capacityProvider: 'FARGATE_SPOT', weight: 70, base: 0 },
      ],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-2', 'subnet-1', 'subnet-3'], securityGroups: ['sg-1'] },
      },
      ...changes,
    };
    platform.ecs.service = { ...platform.ecs.service, taskSets: [primary] };
  };
  beforeEach(() => {
    platform = new FakePlatform();
    run(1);
  });
  const due = () => releaseDue(platform.context);

  it('is empty after a deploy', async () => {
    expect(await due()).toEqual({ runs: true, definition: [], service: [] });
  });

  it('is empty after any number of releases', async () => {
    for (const digest of ['1a', '2b', '3c']) platform.ecs.register(content(`@${digestOf(digest)}`), released(1));
    run(4);
    expect(await due()).toEqual({ runs: true, definition: [], service: [] });
  });

  it('is empty before the first deployment', async () => {
    platform.ecs.service = undefined;
    expect(await due()).toEqual({ runs: false, definition: [], service: [] });
  });

  it('contains a change of the task definition by Terraform', async () => {
    platform.ecs.deregister(1);
    platform.ecs.register({
      ...content(':initial', { environment: [{ name: 'LOG_LEVEL', value: 'debug' }] }),
      cpu: '4096',
    });
    expect((await due()).definition).toEqual([
      { kind: 'size', what: 'cpu', before: '2048', after: '4096' },
      { kind: 'environment', what: 'environment LOG_LEVEL', after: 'debug' },
    ]);
  });

  it('contains such a change after releases too, without the changes of the releases', async () => {
    platform.ecs.register(content(`@${digestOf('2b')}`), released(1));
    platform.ecs.deregister(1);
    platform.ecs.register({ ...content(':initial'), cpu: '4096' });
    run(2);
    expect((await due()).definition).toEqual([{ kind: 'size', what: 'cpu', before: '2048', after: '4096' }]);
  });

  it('is empty if another client released a revision after the deploy: a release would revert it', async () => {
    platform.bucket.terraformKnows(revisionArn(1));
    platform.ecs.register({ ...content(`@${digestOf('3c')}`), cpu: '4096' });
    run(2);
    expect(await due()).toEqual({ runs: true, definition: [], service: [] });
  });

  it('is empty if another client registered a revision: a release would not use it', async () => {
    platform.bucket.terraformKnows(revisionArn(1));
    platform.ecs.register({ ...content(':initial'), cpu: '4096' });
    expect(await due()).toEqual({ runs: true, definition: [], service: [] });
  });

  it('contains the change of a deploy after the release of another client', async () => {
    platform.ecs.register({ ...content(`@${digestOf('3c')}`), cpu: '4096' });
    platform.ecs.register({ ...content(':initial'), cpu: '8192' });
    platform.bucket.terraformKnows(revisionArn(3));
    run(2);
    expect((await due()).definition).toEqual([{ kind: 'size', what: 'cpu', before: '4096', after: '8192' }]);
  });

  it('contains a new image in the environment file', async () => {
    platform.ecs.register(content(`@${digestOf('2b')}`), released(1));
    platform.ecs.register(content(`@${digestOf('3c')}`));
    run(2);
    const change = { kind: 'image', what: 'image', before: 'initial' };
    expect((await due()).definition).toEqual([{ ...change, after: digestOf('3c') }]);
    platform.ecs.register({ containerDefinitions: [{ name: 'batch-processor', image: 'plain' }] });
    run(1);
    expect((await due()).definition).toEqual([{ ...change, after: 'plain' }]);
  });

  it('contains capacity, platform version, network and load balancer of the service', async () => {
    run(1, {
      platformVersion: '1.3.0',
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE', base: 1 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-9'], securityGroups: ['sg-9'] } },
      loadBalancers: [{ targetGroupArn: BLUE_GROUP, containerName: 'risk', containerPort: 9000 }],
    });
    expect((await due()).service).toEqual([
      { what: 'capacity', before: 'FARGATE 0 (1 at least)', after: 'FARGATE 30, FARGATE_SPOT 70' },
      { what: 'platform version', before: '1.3.0', after: '1.4.0' },
      { what: 'subnets', before: 'subnet-9', after: 'subnet-1, subnet-2, subnet-3' },
      { what: 'security groups', before: 'sg-9', after: 'sg-1' },
      { what: 'load balancer', before: 'risk:9000', after: 'batch-processor:8080' },
    ]);
  });

  it('contains settings that another tool removed from the service', async () => {
    run(1, { capacityProviderStrategy: undefined, networkConfiguration: undefined, loadBalancers: undefined });
    expect((await due()).service.map(({ what, before }) => `${what}: ${before}`)).toEqual([
      'capacity: none',
      'subnets: none',
      'security groups: none',
      'load balancer: none',
    ]);
  });

  it('contains no platform version if it is LATEST', async () => {
    const { context } = platform;
    const { environment } = context.target;
    const service = { ...environment.service, platformVersion: 'LATEST' as const };
    const target = { ...context.target, environment: { ...environment, service } };
    run(1, { platformVersion: '1.4.0' });
    expect(await releaseDue({ ...context, target })).toEqual({ runs: true, definition: [], service: [] });
  });

  it('rethrows other errors of AWS', async () => {
    platform.fail('DescribeServices', sdkError('AccessDeniedException'));
    await expect(due()).rejects.toThrow('AccessDeniedException');
  });
});

describe('deregisterFamily', () => {
  it('deregisters all active revisions of any client', async () => {
    const platform = new FakePlatform();
    const removed: string[] = [];
    Object.assign(platform.ecs.handlers, {
      DeregisterTaskDefinition: ({ taskDefinition }: { readonly taskDefinition: string }) => {
        removed.push(taskDefinition);
        return {};
      },
    });
    for (let revision = 2; revision <= 8; revision++)
      platform.ecs.register(content(':initial'), revision === 5 ? [] : released(1));
    platform.ecs.deregister(3);
    expect(await deregisterFamily(platform.context)).toEqual([8, 7, 6, 5, 4, 2, 1].map(revisionArn));
    expect(removed.sort()).toEqual([1, 2, 4, 5, 6, 7, 8].map(revisionArn));
  });
});
