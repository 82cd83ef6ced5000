import { sdkError } from '@nightshift/testing/aws';
import { revisionArn } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { planFor } from '../testing/plan-fixture';
import { recordFixture, START } from '../testing/record-fixture';
import { KEY, start } from '../testing/start-fixture';
import { startRelease } from './start-release';

const before = { DynamicScalingInSuspended: false, ScheduledScalingSuspended: true };
const after = { ...before, DynamicScalingOutSuspended: false };
const throttled = sdkError('ThrottlingException', 'Rate exceeded');
const broken = sdkError('InternalServiceFault', 'internal', 500);

describe('a start that fails', () => {
  it('reverts all steps when a step fails', async () => {
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

  it('reports an incomplete revert, and the command that completes it', async () => {
    const platform = new FakePlatform();
    const failure = async (error: Error) => {
      platform.fail('RegisterTaskDefinition', sdkError('ClientException', 'Too many tags'));
      const { failure: said } = await start(platform, (step) => {
        if (step === 'restore') platform.fail('RegisterScalableTarget', error);
      });
      return said;
    };
    expect(await failure(broken)).toBe(
      'releases of test: the start failed and could not be undone: auto-scaling may be suspended, got Too many tags; then internal - undo the rest: npx nightshift release status -c test',
    );
    platform.bucket.objects.delete('test/releases/latest.json');
    platform.bucket.objects.delete(KEY);
    expect(await failure(new TypeError('a defect'))).toBe('a defect');
  });

  it('reverts a suspension whose response was lost', async () => {
    const platform = new FakePlatform();
    platform.fail('RegisterScalableTarget', broken, true);
    const { steps, failure } = await start(platform);
    expect(steps.slice(-2)).toEqual(['restore', 'close']);
    expect(failure).toBe('internal');
    expect(platform.scaling).toEqual(after);
  });

  it('closes the record without a restore if it recorded no state', async () => {
    const platform = new FakePlatform();
    platform.fail('DescribeScalableTargets', sdkError('AccessDeniedException', 'not authorized'));
    const { steps, record } = await start(platform);
    expect(steps).toEqual(['begin', 'note-scaling', 'close']);
    expect(record?.scaling).toEqual({});
  });

  it('is refused if the image cannot be kept in the repository, and changes nothing', async () => {
    const platform = new FakePlatform();
    platform.fail('PutImage', sdkError('AccessDeniedException', 'User: x is not authorized to perform: ecr:PutImage'));
    const { failure, steps } = await start(platform);
    expect(failure).toBe('User: x is not authorized to perform: ecr:PutImage');
    expect(steps).toEqual(['begin']);
  });

  it('continues then for a rollback, unless the error is a defect', async () => {
    const platform = new FakePlatform();
    const to = { tag: '1.4.2', taskDefinition: revisionArn(2) };
    platform.ecs.register({ containerDefinitions: [{ name: 'batch-processor', image: 'x:1.4.2' }] });
    platform.bucket.put('test/releases/1.json', recordFixture({ outcome: 'succeeded', to }));
    const plan = await planFor(platform.context, { kind: 'rollback' });
    platform.fail('PutImage', new TypeError('a defect'));
    await expect(startRelease(platform.context, plan)).rejects.toThrow('a defect');
    platform.fail('PutImage', sdkError('AccessDeniedException', 'not authorized'));
    expect(await startRelease(platform.context, plan)).toBe('d-1');
  });

  it('reverts the start for a service without scaling, and can start again', async () => {
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

  it('registers no second revision after a lost response', async () => {
    const platform = new FakePlatform();
    platform.fail('RegisterTaskDefinition', broken, true);
    const { record } = await start(platform);
    expect(platform.ecs.revisions).toHaveLength(2);
    expect(record?.to.taskDefinition).toBe(revisionArn(2));
  });

  it('creates no second deployment after a lost response', async () => {
    const platform = new FakePlatform();
    platform.codedeploy.pageSize = 1;
    platform.codedeploy.add({ description: 'of another' });
    platform.fail('CreateDeployment', broken, true);
    expect((await start(platform)).deploymentId).toBe('d-2');
    expect(platform.codedeploy.created).toHaveLength(1);
  });

  it('retries failed calls a limited number of times', async () => {
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

  it('reports that another deployment is in progress', async () => {
    const platform = new FakePlatform();
    const message = "The Deployment Group 'codedeploy-group-test' already has an active Deployment 'd-0'.";
    platform.fail('CreateDeployment', sdkError('DeploymentLimitExceededException', message));
    const { failure } = await start(platform);
    expect(failure).toBe(
      "codedeploy-group-test: another deployment is in progress, got The Deployment Group 'codedeploy-group-test' already has an active Deployment 'd-0' - wait for it, or see its status: npx nightshift release status -c test",
    );
    expect(platform.scaling).toEqual(after);
  });

  it.each([['PutObject'], ['GetObject']])('names the deployment in progress although %s fails', async (command) => {
    const platform = new FakePlatform();
    const { deploymentId } = await start(platform, (step) => {
      if (step !== (command === 'GetObject' ? 'deploy' : 'note-deployment')) return;
      platform.bucket.onCall = (name) => (name === command ? sdkError('SlowDown', 'slow down', 503) : undefined);
    });
    expect(deploymentId).toBe('d-1');
  });

  it('restores auto-scaling if the record cannot be read before there is a deployment; the next command closes it', async () => {
    const platform = new FakePlatform();
    const { failure } = await start(platform, (step) => {
      if (step === 'suspend') platform.bucket.onCall = () => sdkError('SlowDown', 'slow down', 503);
    });
    expect(failure).toBe(
      'releases of test: the start failed and could not be undone: its record is still open, got slow down; then slow down - undo the rest: npx nightshift release status -c test',
    );
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: false });
    expect(platform.bucket.value(KEY)).toMatchObject({ scaling: { noted: true } });
  });

  it('reports a thrown value of any type', async () => {
    const platform = new FakePlatform();
    const { record } = await start(platform, (step) => {
      if (step === 'register') platform.fail('RegisterTaskDefinition', 'no error' as unknown as Error);
    });
    expect(record?.cause).toBe('no error');
  });
});
