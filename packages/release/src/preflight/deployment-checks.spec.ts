import { BLUE, GREEN, PreflightFixture, PRODUCTION, revisionArn, TEST } from '../testing';
import { recordFixture } from '../testing/record-fixture';

const deploy = 'npx nx run compute:deploy -c test';

describe('the deployment checks before a release', () => {
  let fixture: PreflightFixture;
  beforeEach(() => {
    fixture = new PreflightFixture();
  });

  describe('deployment group', () => {
    it('belongs to the service, with automatic rollback', async () => {
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
      'rolls back on all events, not on %j',
      async (autoRollbackConfiguration) => {
        fixture.deploymentGroup = { ...fixture.deploymentGroup, ecsServices: undefined, autoRollbackConfiguration };
        expect(await fixture.line('deployment group')).toContain(
          'it is not for ecs-service-test; it does not roll back on DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM',
        );
      },
    );
  });

  describe('target groups', () => {
    it.each(['TargetGroupNotFoundException', 'TargetGroupNotFound'])('exist: %s', async (name) => {
      fixture.refuse('DescribeTargetGroups', name);
      expect(await fixture.line('target groups')).toBe(
        '[FAIL] target group not found: tg-blue-test; target group not found: tg-green-test; the running tasks are in tg-blue-test, and CodeDeploy moves between tg-blue-test and tg-green-test -> see what differs: npx nightshift drift compute -c test',
      );
    });

    it.each([
      ['another', [{ targetGroupArn: 'arn:x/other/1' }], 'other'],
      ['one of an odd name', [{ targetGroupArn: 'odd' }], 'odd'],
      ['none', [], 'none'],
    ])('contain the running tasks, not %s', async (_, loadBalancers, words) => {
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

    it.each(['ListenerNotFoundException', 'ListenerNotFound'])('exist: %s', async (name) => {
      const { DescribeListeners } = fixture.answers;
      fixture.answers['DescribeListeners'] = (input) => {
        if ((input['ListenerArns'] as string[])[0] === TEST) throw Object.assign(new Error(name), { name });
        return DescribeListeners!(input);
      };
      expect(await fixture.line('listeners')).toBe(`[FAIL] listener not found: ${TEST} -> restore them: ${deploy}`);
    });

    it('send all production traffic to the running tasks, also by weights', async () => {
      fixture.answers['DescribeListeners'] = () => ({ Listeners: [forward([GREEN, 0], [BLUE, 100])] });
      expect(await fixture.line('listeners')).toContain('[OK] ports 80 and 80');
      fixture.answers['DescribeListeners'] = () => ({ Listeners: [forward([BLUE])] });
      expect(await fixture.line('listeners')).toContain('[OK]');
    });

    it.each([
      ['in part', () => forward([GREEN, 10], [BLUE, 90])],
      ['in whole', () => forward([GREEN, 100])],
      ['nowhere', () => ({ Port: 80 })],
    ])('do not send it elsewhere: %s', async (_, listener) => {
      fixture.answers['DescribeListeners'] = () => ({ Listeners: [listener()] });
      expect(await fixture.line('listeners')).toContain(
        `[FAIL] not all production traffic goes to the running tasks -> aws elbv2 modify-listener --listener-arn ${PRODUCTION} --default-actions Type=forward,TargetGroupArn=${BLUE} --region us-east-1`,
      );
    });

    it('are not checked while a deployment is in progress', async () => {
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
    it('exist, and none is in ALARM (R10.4)', async () => {
      fixture.answers['DescribeAlarms'] = () => ({
        MetricAlarms: [{ AlarmName: 'alarm-gate-5xx-test', StateValue: 'ALARM', StateReason: 'Threshold Crossed' }],
      });
      expect(await fixture.line('gates')).toBe(
        `[FAIL] alarm not found: alarm-gate-latency-test; alarm-gate-5xx-test is in ALARM: Threshold Crossed -> restore it: ${deploy}; fix the cause first, since CodeDeploy refuses a release while a gate is in ALARM: aws cloudwatch describe-alarm-history --alarm-name alarm-gate-5xx-test --region us-east-1`,
      );
      fixture.answers['DescribeAlarms'] = () => ({});
      expect(await fixture.line('gates')).toContain('[FAIL] alarm not found: alarm-gate-5xx-test; alarm not found:');
    });

    it('can be in ALARM before a rollback, which is why it is needed', async () => {
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
      'are configured in CodeDeploy, not %j',
      async (alarmConfiguration) => {
        fixture.deploymentGroup = { ...fixture.deploymentGroup, alarmConfiguration };
        expect(await fixture.line('gates')).toBe(`[FAIL] CodeDeploy watches no alarm -> restore them: ${deploy}`);
      },
    );
  });

  describe('the processing window (R14.2)', () => {
    const opens = 'window overnight opens in 30 min (Tue 02:30 Europe/London)';

    beforeEach(() => {
      const window = { name: 'overnight', days: ['tuesday'], from: '02:30', to: '06:00', timeZone: 'Europe/London' };
      fixture.file = { processingWindows: [window] };
      fixture.now = new Date('2026-11-24T02:00:00Z');
    });

    it('must open after the end of the release', async () => {
      expect(await fixture.line('processing window')).toBe(`[OK] ${opens}: the release takes about 22 min`);
    });

    it('must not open before the end of the release', async () => {
      fixture.now = new Date('2026-11-24T02:09:00Z');
      const soon = 'window overnight opens in 21 min (Tue 02:30 Europe/London): the release takes about 22 min';
      expect(await fixture.line('processing window')).toBe(
        `[FAIL] ${soon} -> run it after the window, or override the window with --during-window "<reason>"`,
      );
      expect(await fixture.line('processing window', { duringWindow: 'prices are wrong' })).toBe(
        `[SKIP] ${soon}; overridden, reason: prices are wrong`,
      );
    });

    it('can be nearer in the local cloud, where time runs faster', async () => {
      fixture.now = new Date('2026-11-24T02:29:00Z');
      fixture.timeScale = 60;
      expect(await fixture.line('processing window')).toBe(
        '[OK] window overnight opens in 1 min (Tue 02:30 Europe/London): the release takes about 1 min',
      );
    });
  });
});
