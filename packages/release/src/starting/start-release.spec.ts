import { sdkError } from '@nightshift/testing/aws';
import { planRelease } from '../planning/plan-release';
import type { ReleaseRecord } from '../record';
import { digestOf, REPOSITORY, revisionArn } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { recordFixture, START } from '../testing/record-fixture';
import { startRelease } from './start-release';

const KEY = `test/releases/${START}-r1.json`;
const suspended = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
};
const before = { DynamicScalingInSuspended: false, ScheduledScalingSuspended: true };
const after = { ...before, DynamicScalingOutSuspended: false };
const throttled = sdkError('ThrottlingException', 'Rate exceeded');
const broken = sdkError('InternalServiceFault', 'internal', 500);

/** @param atStep what happens in the world before a step. */
async function start(platform: FakePlatform, atStep: (step: string) => void = () => undefined, duringWindow?: string) {
  const plan = await planRelease(platform.context, { kind: 'release', image: '1.4.2', duringWindow });
  const steps: string[] = [];
  const onStep = (step: string) => {
    steps.push(step);
    atStep(step);
  };
  const started = await startRelease(platform.context, plan, { onStep }).then(
    (deploymentId) => ({ deploymentId, failure: undefined }),
    (error: unknown) => ({ deploymentId: undefined, failure: (error as Error).message }),
  );
  return { ...started, steps, record: platform.bucket.value(KEY) as ReleaseRecord | null };
}

describe('startRelease', () => {
  it('writes down how auto-scaling is before it changes it, and everything before the deployment (R10.5)', async () => {
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
      from: { digest: digestOf('1a'), tag: 'initial', taskDefinition: revisionArn(1) },
      to: { digest: digestOf('2b'), tag: '1.4.2', taskDefinition: revisionArn(2) },
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

  it('releases a revision that is there, and a service that does not scale', async () => {
    const platform = new FakePlatform();
    platform.scaling = undefined;
    platform.ecs.register({
      containerDefinitions: [{ name: 'batch-processor', image: `${REPOSITORY}@${digestOf('2b')}` }],
    });
    const { steps, record } = await start(platform, undefined, 'a hot fix');
    expect(steps).toEqual(['begin', 'note-scaling', 'suspend', 'deploy', 'note-deployment']);
    expect(record).toMatchObject({ scaling: { noted: true }, duringWindow: 'a hot fix' });
    expect(platform.calls).not.toContain('RegisterScalableTarget');
    const plan = await planRelease(platform.context, { kind: 'release', image: '1.4.2' });
    await expect(startRelease(platform.context, plan)).rejects.toThrow('another release is under way');
  });

  it('takes all back when a step fails', async () => {
    const platform = new FakePlatform();
    platform.fail('RegisterTaskDefinition', sdkError('ClientException', 'Too many tags'));
    const { steps, failure, record } = await start(platform);
    expect(steps).toEqual(['begin', 'note-scaling', 'suspend', 'register', 'restore', 'close']);
    expect(failure).toBe('Too many tags');
    expect(platform.scaling).toEqual(after);
    expect(record).toMatchObject({
      outcome: 'not-started',
      cause: 'Too many tags',
      endedAt: START,
      scaling: { restored: true },
    });
  });

  it('says when it could not take all back, and who will', async () => {
    const platform = new FakePlatform();
    const failure = async (error: Error) => {
      platform.fail('RegisterTaskDefinition', sdkError('ClientException', 'Too many tags'));
      const { failure: said } = await start(platform, (step) => {
        if (step === 'restore') platform.fail('RegisterScalableTarget', error);
      });
      return said;
    };
    expect(await failure(broken)).toBe(
      'releases of test: the start failed, and so did taking it back: auto-scaling may be suspended, got Too many tags; then internal - take back what is left: npx nightshift release status -c test',
    );
    platform.bucket.objects.delete('test/releases/latest.json');
    platform.bucket.objects.delete(KEY);
    expect(await failure(new TypeError('a defect'))).toBe('a defect');
  });

  it('takes back a suspension whose answer got lost', async () => {
    const platform = new FakePlatform();
    platform.fail('RegisterScalableTarget', broken, true);
    const { steps, failure } = await start(platform);
    expect(steps.slice(-2)).toEqual(['restore', 'close']);
    expect(failure).toBe('internal');
    expect(platform.scaling).toEqual(after);
  });

  it('closes without restoring what it had not noted', async () => {
    const platform = new FakePlatform();
    platform.fail('DescribeScalableTargets', sdkError('AccessDeniedException', 'not authorized'));
    const { steps, record } = await start(platform);
    expect(steps).toEqual(['begin', 'note-scaling', 'close']);
    expect(record?.scaling).toEqual({});
  });

  it('takes back a start of a service that does not scale, and begins again after it', async () => {
    const platform = new FakePlatform();
    platform.scaling = undefined;
    platform.fail('CreateDeployment', sdkError('InvalidRevisionException', 'bad AppSpec'));
    expect((await start(platform)).steps.slice(-2)).toEqual(['restore', 'close']);
    expect(platform.calls).not.toContain('RegisterScalableTarget');
    platform.clock.pass(60_000);
    platform.scaling = {};
    platform.withoutSuspendedState = true;
    expect((await start(platform)).deploymentId).toBe('d-1');
    expect(platform.bucket.value('test/releases/2026-11-24T10:01:00.000Z-r1.json')).toMatchObject({
      scaling: { noted: true, suspendedBefore: {} },
    });
  });

  it('changes nothing while another release is under way', async () => {
    const platform = new FakePlatform();
    await start(platform);
    const { steps, failure } = await start(platform);
    expect(steps).toEqual(['begin']);
    expect(failure).toBe(
      `releases of test: another release is under way, got release r1 of ${START} by arn:aws:iam::123456789012:user/deploy - wait for it: npx nightshift release watch -c test`,
    );
  });

  it('changes nothing when another release begins at the same moment', async () => {
    const platform = new FakePlatform();
    platform.bucket.onCall = (command) => {
      if (command === 'PutObject') platform.bucket.put('test/releases/latest.json', { key: 'of another' });
      return undefined;
    };
    expect((await start(platform)).failure).toBe(
      'releases of test: another release is under way - wait for it: npx nightshift release watch -c test',
    );
  });

  it('does not make a revision twice when the answer gets lost', async () => {
    const platform = new FakePlatform();
    platform.fail('RegisterTaskDefinition', broken, true);
    const { record } = await start(platform);
    expect(platform.ecs.revisions).toHaveLength(2);
    expect(record?.to.taskDefinition).toBe(revisionArn(2));
  });

  it('does not make a deployment twice when the answer gets lost', async () => {
    const platform = new FakePlatform();
    platform.codedeploy.pageSize = 1;
    platform.codedeploy.add({ description: 'of another' });
    platform.fail('CreateDeployment', broken, true);
    expect((await start(platform)).deploymentId).toBe('d-2');
    expect(platform.codedeploy.created).toHaveLength(1);
  });

  it('tries again what did not happen, and not for ever', async () => {
    const platform = new FakePlatform();
    for (let other = 1; other <= 26; other++) platform.codedeploy.add({ description: 'of another' });
    for (let time = 0; time < 3; time++) {
      platform.fail('RegisterTaskDefinition', throttled);
      platform.fail('CreateDeployment', throttled);
    }
    expect((await start(platform)).deploymentId).toBe('d-27');
    expect(platform.clock.now().getTime() - Date.parse(START)).toBe(2 * 7000);
    const hopeless = new FakePlatform();
    for (let time = 0; time < 8; time++) hopeless.fail('RegisterTaskDefinition', throttled);
    expect((await start(hopeless)).failure).toBe('Rate exceeded');
    const refused = new FakePlatform();
    for (let time = 0; time < 8; time++) refused.fail('CreateDeployment', throttled);
    expect((await start(refused)).failure).toBe('Rate exceeded');
  });

  it('says that another deployment is going on', async () => {
    const platform = new FakePlatform();
    const message = "The Deployment Group 'codedeploy-group-test' already has an active Deployment 'd-0'.";
    platform.fail('CreateDeployment', sdkError('DeploymentLimitExceededException', message));
    const { failure } = await start(platform);
    expect(failure).toBe(
      "codedeploy-group-test: another deployment is going on, got The Deployment Group 'codedeploy-group-test' already has an active Deployment 'd-0' - wait for it, or see what it is: npx nightshift release status -c test",
    );
    expect(platform.scaling).toEqual(after);
  });

  it('goes on where others have closed it meanwhile, taking it for abandoned', async () => {
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

  it('takes back what it did after others have closed it', async () => {
    const platform = new FakePlatform();
    const { failure, steps } = await start(platform, (step) => {
      const now = platform.bucket.value(KEY) as ReleaseRecord;
      if (step === 'suspend') platform.bucket.put(KEY, { ...now, outcome: 'not-started' });
    });
    expect(steps).toEqual(['begin', 'note-scaling', 'suspend', 'restore']);
    expect(platform.scaling).toEqual(after);
    expect(failure).toBe(
      'releases of test: the start took so long that another command took it for abandoned; nothing was released - run the same command again',
    );
  });

  it('decides anew where others have written the record meanwhile', async () => {
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

  it.each([['PutObject'], ['GetObject']])(
    'names the deployment that is going on although %s fails',
    async (command) => {
      const platform = new FakePlatform();
      const { deploymentId } = await start(platform, (step) => {
        if (step !== (command === 'GetObject' ? 'deploy' : 'note-deployment')) return;
        platform.bucket.onCall = (name) => (name === command ? sdkError('SlowDown', 'slow down', 503) : undefined);
      });
      expect(deploymentId).toBe('d-1');
    },
  );

  it('fails where the record cannot be read before there is a deployment; the next command takes it back', async () => {
    const platform = new FakePlatform();
    const { failure } = await start(platform, (step) => {
      if (step === 'suspend') platform.bucket.onCall = () => sdkError('SlowDown', 'slow down', 503);
    });
    expect(failure).toBe('slow down');
    expect(platform.bucket.value(KEY)).toMatchObject({ scaling: { noted: true } });
  });

  it('says what is thrown, whatever it is', async () => {
    const platform = new FakePlatform();
    const { record } = await start(platform, (step) => {
      if (step === 'register') platform.fail('RegisterTaskDefinition', 'no error' as unknown as Error);
    });
    expect(record?.cause).toBe('no error');
  });
});
