import { sdkError } from '@nightshift/testing/aws';
import { planFor } from '../testing/plan-fixture';
import type { ReleaseRecord } from '../record';
import type { TestAnswer, TestRequest, Unanswered } from '../release-context';
import { startRelease } from '../start/start-release';
import { FakePlatform } from '../testing/fake-platform';
import { START } from '../testing/record-fixture';
import { begin, shift, stop, succeed } from '../testing/watch-fixture';
import { watchRelease, type WatchOptions } from './watch-release';

const KEY = `test/releases/${START}-r1.json`;

/** A release for which CodeDeploy waits until it is continued or stopped. */
async function ready(answer?: (request: TestRequest) => TestAnswer | Unanswered) {
  const platform = new FakePlatform();
  platform.codedeploy.group!.blueGreenDeploymentConfiguration!.deploymentReadyOption = {
    actionOnTimeout: 'STOP_DEPLOYMENT',
    waitTimeInMinutes: 60,
  };
  if (answer) platform.answerTest = answer;
  await startRelease(platform.context, await planFor(platform.context));
  begin(platform);
  platform.codedeploy.change('d-1', { status: 'Ready' });
  const reports: string[] = [];
  const watch = async (options: WatchOptions = {}) => {
    platform.clock.onSleep = () => {
      const [last] = platform.codedeploy.requests.slice(-1);
      if (last?.startsWith('stop')) stop(platform, 'MANUAL_STOP', 'stopped');
      if (last?.startsWith('continue')) {
        platform.codedeploy.change('d-1', { status: 'InProgress' });
        if (platform.codedeploy.target?.lifecycleEvents?.length === 1) shift(platform);
        else succeed(platform);
      }
    };
    const onVerification = ({ outcome, text }: { outcome: string; text: string }) =>
      reports.push(`${outcome}: ${text}`);
    return await watchRelease(platform.context, 'd-1', { onVerification, ...options });
  };
  return { platform, watch, reports, record: () => platform.bucket.value(KEY) as ReleaseRecord };
}

const right = (): TestAnswer => ({ status: 200, body: '{"valueAtRisk":55.25}' });

describe('verifyRelease (R10.4)', () => {
  it('sends the health check and the reference job through the test listener, then continues the deployment', async () => {
    const { platform, watch, reports, record } = await ready();
    expect(record().verification).toBeUndefined();
    expect(await watch()).toEqual({ kind: 'succeeded' });
    const url = 'http://alb-test-1.us-east-1.elb.amazonaws.com:8443';
    expect(platform.tested).toMatchObject([
      { method: 'GET', url: `${url}/health`, timeoutSeconds: 65 },
      { method: 'POST', url: `${url}/jobs`, body: expect.stringContaining('"confidence":0.75') as string },
    ]);
    expect(platform.codedeploy.requests).toEqual(['continue d-1: READY_WAIT']);
    expect(reports).toEqual(['passed: 2 of 2 test requests answered as expected']);
    expect(record()).toMatchObject({ outcome: 'succeeded', verification: { outcome: 'passed' } });
  });

  it.each<[string, (request: TestRequest) => TestAnswer, string]>([
    [
      'answers with an error',
      ({ method }) => (method === 'GET' ? right() : { status: 500, body: '{"problems":\n ["a defect"]}' }),
      'test request POST /jobs: got 500 {"problems": ["a defect"]}, expected 200',
    ],
    [
      'calculates another result',
      () => ({ status: 200, body: '{"valueAtRisk":1}' }),
      'test request POST /jobs: got 200 {"valueAtRisk":1}, expected "valueAtRisk":55.25 in the answer',
    ],
    ['has no healthy task', () => ({ status: 503, body: '' }), 'test request GET /health: got 503, expected 200'],
  ])('stops a version that %s before any traffic moves', async (_, answer, problem) => {
    const { platform, watch, reports, record } = await ready(answer);
    const cause = `stopped before any traffic moved: ${problem}`;
    expect(await watch()).toEqual({ kind: 'rolled-back', cause });
    expect(reports).toEqual([`failed: ${problem}`]);
    expect(platform.codedeploy.requests).toEqual(['stop d-1, roll back: true']);
    expect(record()).toMatchObject({
      outcome: 'rolled-back',
      cause,
      verification: { outcome: 'failed', text: problem },
    });
  });

  it('repeats the request after a wrong response: the listener may have just been switched', async () => {
    let calls = 0;
    const { watch, reports } = await ready(() => (++calls < 3 ? { status: 503, body: '' } : right()));
    expect(await watch()).toEqual({ kind: 'succeeded' });
    expect(reports).toEqual(['passed: 2 of 2 test requests answered as expected']);
  });

  it('continues the deployment if this machine cannot reach the test listener, and reports it', async () => {
    const { platform, watch, record } = await ready(() => ({ problem: 'no connection within 10 s' }));
    platform.testUrl = 'http://127.0.0.1:45999';
    expect(await watch()).toEqual({ kind: 'succeeded' });
    expect(platform.tested).toHaveLength(3);
    expect(record().verification).toMatchObject({
      outcome: 'not-verified',
      text: 'this machine does not reach the test listener at http://127.0.0.1:45999: no connection within 10 s',
    });
  });

  it('stops a version that does not answer a job although it passes the health check', async () => {
    const { watch } = await ready(({ method }) => (method === 'GET' ? right() : { problem: 'no answer within 65 s' }));
    expect(await watch()).toMatchObject({
      cause: 'stopped before any traffic moved: test request POST /jobs: no answer within 65 s',
    });
  });

  it.each([
    ['passed', { kind: 'succeeded' }],
    ['failed', { kind: 'rolled-back', cause: 'stopped before any traffic moved: a defect' }],
  ] as const)('continues for a killed command that had recorded %s, without another test', async (outcome, end) => {
    const { platform, watch, record } = await ready(right);
    platform.bucket.put(KEY, { ...record(), verification: { outcome, text: 'a defect', time: START } });
    expect(await watch()).toEqual(end);
    expect(platform.tested).toEqual([]);
  });

  it('accepts the result that another command has recorded, and that it continued the deployment', async () => {
    const { platform, watch, record } = await ready(right);
    platform.answerTest = (request) => {
      platform.bucket.put(KEY, { ...record(), verification: { outcome: 'passed', text: 'by another', time: START } });
      platform.fail('ContinueDeployment', sdkError('DeploymentIsNotInReadyStateException'), true);
      return request.method === 'GET' ? right() : { status: 500, body: '' };
    };
    expect(await watch()).toEqual({ kind: 'succeeded' });
    expect(record().verification?.text).toBe('by another');
  });

  it('retries if AWS does not respond, and throws other errors', async () => {
    const { platform, watch } = await ready(right);
    const troubles: string[] = [];
    platform.fail('ContinueDeployment', sdkError('ThrottlingException', 'Rate exceeded'));
    expect(await watch({ onTrouble: ({ message }) => troubles.push(message) })).toEqual({ kind: 'succeeded' });
    expect(troubles).toEqual(['Rate exceeded']);
    const denied = await ready(right);
    denied.platform.fail('ContinueDeployment', sdkError('AccessDeniedException', 'not authorized'));
    await expect(denied.watch()).rejects.toThrow('not authorized');
  });

  it('can end the watch as soon as traffic moves', async () => {
    const { platform, watch, record } = await ready(right);
    expect(await watch({ untilTrafficMoves: true })).toEqual({ kind: 'detached' });
    expect(platform.codedeploy.requests).toEqual(['continue d-1: READY_WAIT']);
    expect(record().outcome).toBeUndefined();
  });
});
