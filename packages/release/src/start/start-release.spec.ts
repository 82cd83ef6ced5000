import { planFor } from '../testing/plan-fixture';
import type { ReleaseRecord } from '../record';
import { digestOf, REPOSITORY, revisionArn } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { recordFixture, START } from '../testing/record-fixture';
import { KEY, start } from '../testing/start-fixture';
import { startRelease } from './start-release';

/** Scale-out stays possible. */
const suspended = { DynamicScalingInSuspended: true, ScheduledScalingSuspended: true };

const before = { DynamicScalingInSuspended: false, ScheduledScalingSuspended: true };

const after = { ...before, DynamicScalingOutSuspended: false };

describe('startRelease', () => {
  it('records auto-scaling before it changes it, and everything before the deployment (R10.5)', async () => {
    const platform = new FakePlatform();
    const noted: unknown[] = [];
    const { steps, deploymentId, record } = await start(platform, (step) => {
      noted.push([step, platform.scaling, (platform.bucket.value(KEY) as ReleaseRecord | null)?.scaling]);
    });
    expect(steps).toEqual(['begin', 'note-scaling', 'suspend', 'register', 'deploy', 'note-deployment']);
    expect(noted.slice(0, 4)).toEqual([
      ['begin', before, undefined],
      ['note-scaling', before, {}],
      ['suspend', before, { noted: true, suspendedBefore: before }],
      ['register', suspended, { noted: true, suspendedBefore: before }],
    ]);
    expect(deploymentId).toBe('d-1');
    expect(record).toEqual({
      ...recordFixture(),
      verification: {
        outcome: 'not-verified',
        text: 'loadBalancer.testListener.allowedCidrs lets nobody reach the test listener',
        time: START,
      },
      from: { digest: digestOf('1a'), tag: 'initial', taskDefinition: revisionArn(1) },
      to: { digest: digestOf('2b'), tag: '1.4.2', taskDefinition: revisionArn(2) },
      changes: [
        `~ image: initial (sha256:1a0000000000) → 1.4.2 (sha256:2b0000000000)`,
        '~ capacity: none → FARGATE 30, FARGATE_SPOT 70',
        '~ platform version: none → 1.4.0',
        '~ subnets: none → subnet-1, subnet-2, subnet-3',
        '~ security groups: none → sg-1',
      ],
      deploymentId: 'd-1',
      strategy: [
        { capacityProvider: 'FARGATE_SPOT', weight: 70, base: 0 },
        { capacityProvider: 'FARGATE', weight: 30, base: 0 },
      ],
      scaling: { noted: true, suspendedBefore: before },
    });
  });

  it('registers a revision that destroy can find, with the tags of the resource (R0.9)', async () => {
    const platform = new FakePlatform();
    await start(platform);
    expect(platform.ecs.revisions[1]).toMatchObject({
      definition: { containerDefinitions: [{ image: `${REPOSITORY}@${digestOf('2b')}` }] },
      tags: [
        { key: 'Environment', value: 'test' },
        { key: 'ReleasedBy', value: 'nightshift' },
        { key: 'ReleaseId', value: 'r1' },
        { key: 'TerraformRevision', value: revisionArn(1) },
      ],
    });
    expect(platform.codedeploy.created[0]).toContain(`"TaskDefinition":"${revisionArn(2)}"`);
    expect(platform.codedeploy.deployment('d-1').description).toBe('nightshift release r1');
  });

  it('releases an existing revision, and a service without scaling', async () => {
    const platform = new FakePlatform();
    platform.scaling = undefined;
    platform.ecs.register({
      containerDefinitions: [{ name: 'batch-processor', image: `${REPOSITORY}@${digestOf('2b')}` }],
    });
    const { steps, record } = await start(platform, undefined, 'a hot fix');
    expect(steps).toEqual(['begin', 'note-scaling', 'suspend', 'deploy', 'note-deployment']);
    expect(record).toMatchObject({ scaling: { noted: true }, duringWindow: 'a hot fix' });
    expect(platform.calls).not.toContain('RegisterScalableTarget');
    const plan = await planFor(platform.context);
    await expect(startRelease(platform.context, plan)).rejects.toThrow('another release is in progress');
  });

  it('changes nothing while another release is in progress', async () => {
    const platform = new FakePlatform();
    await start(platform);
    const { steps, failure } = await start(platform);
    expect(steps).toEqual(['begin']);
    expect(failure).toBe(
      `releases of test: another release is in progress, got release r1 of ${START} by arn:aws:iam::123456789012:user/deploy - wait for it: npx nightshift release watch -c test`,
    );
  });

  it('changes nothing if another release starts at the same moment', async () => {
    const platform = new FakePlatform();
    platform.bucket.onCall = (command) => {
      if (command === 'PutObject') platform.bucket.put('test/releases/latest.json', { key: 'of another' });
      return undefined;
    };
    expect((await start(platform)).failure).toBe(
      'releases of test: another release is in progress - wait for it: npx nightshift release watch -c test',
    );
  });

  it('continues if another process has closed the record as abandoned', async () => {
    const platform = new FakePlatform();
    const { steps, deploymentId, record } = await start(platform, (step) => {
      const now = platform.bucket.value(KEY) as ReleaseRecord;
      if (step === 'deploy')
        platform.bucket.put(KEY, { ...now, outcome: 'not-started', scaling: { ...now.scaling, restored: true } });
    });
    expect(steps.slice(-2)).toEqual(['deploy', 'reopen']);
    expect(deploymentId).toBe('d-1');
    expect(record).not.toHaveProperty('outcome');
    expect(record?.scaling).toEqual({ noted: true, suspendedBefore: before });
  });

  it('reverts its steps after another process has closed the record', async () => {
    const platform = new FakePlatform();
    const { failure, steps } = await start(platform, (step) => {
      const now = platform.bucket.value(KEY) as ReleaseRecord;
      if (step === 'suspend') platform.bucket.put(KEY, { ...now, outcome: 'not-started' });
    });
    expect(steps).toEqual(['begin', 'note-scaling', 'suspend', 'restore']);
    expect(platform.scaling).toEqual(after);
    expect(failure).toBe(
      'releases of test: the start timed out and another command closed it; nothing was released - run the same command again',
    );
  });

  it('decides again if another process has written the record in the meantime', async () => {
    const platform = new FakePlatform();
    let others = 1;
    const { steps } = await start(platform, (step) => {
      if (step === 'note-scaling' && others-- > 0) {
        platform.bucket.onCall = (command) => {
          if (command === 'PutObject') platform.bucket.put(KEY, recordFixture());
          platform.bucket.onCall = () => undefined;
          return undefined;
        };
      }
    });
    expect(steps.slice(0, 4)).toEqual(['begin', 'note-scaling', 'note-scaling', 'suspend']);
  });
});
