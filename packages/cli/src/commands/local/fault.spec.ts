import { Command } from 'commander';
import { FakeLocalCloud } from '../../testing/fake-local-cloud';
import { registerFault } from './fault';
import { FakeEffects } from '../../testing/fake-effects';

async function fault(args: string[], answer: unknown) {
  const cloud = new FakeLocalCloud();
  cloud.controlAnswer = answer;
  const effects = Object.assign(new FakeEffects(), { localCloud: cloud.provide });
  const command = new Command('nightshift local').exitOverride();
  registerFault(command, effects);
  await command.parseAsync(['fault', ...args], { from: 'user' });
  return { stdout: effects.printed.stdout, requests: cloud.controlled };
}

const FAULT = { actions: ['ecs:*', 's3:GET'], answer: 'error', every: 1, share: 1, seen: 7, struck: 7 };

describe('nightshift local fault', () => {
  it('add makes calls fail', async () => {
    const faults = [FAULT, { ...FAULT, actions: ['*'], answer: 'throttle', every: 2, share: 0.5, seen: 8, struck: 2 }];
    const args = ['add', 'ecs:*', 's3:GET', '--answer', 'lost', '--every', '2', '--share', '0.5'];
    expect(await fault(args, { faults })).toEqual({
      stdout:
        'Faults of the local cloud:\n' +
        '  ecs:* s3:GET: error, 7 of 7 calls failed\n' +
        '  *: throttle every 2 calls a share of 0.5, 2 of 8 calls failed\n',
      requests: [
        {
          method: 'POST',
          path: 'faults',
          body: { actions: ['ecs:*', 's3:GET'], answer: 'lost', every: 2, share: 0.5 },
        },
      ],
    });
  });

  it('add throttles all calls of an action by default', async () => {
    const { requests } = await fault(['add', '*'], { faults: [FAULT] });
    expect(requests).toEqual([{ method: 'POST', path: 'faults', body: { actions: ['*'], answer: 'throttle' } }]);
  });

  it('list prints text or JSON', async () => {
    expect(await fault(['list'], { faults: [] })).toEqual({
      stdout: 'No faults.\n',
      requests: [{ method: 'GET', path: 'faults', body: undefined }],
    });
    expect(JSON.parse((await fault(['list', '--json'], { faults: [FAULT] })).stdout)).toEqual({
      type: 'result',
      verb: 'local fault list',
      status: 'succeeded',
      problems: [],
      faults: [FAULT],
      exitCode: 0,
    });
  });

  it('clear removes all faults', async () => {
    expect(await fault(['clear'], { faults: [] })).toEqual({
      stdout: 'No faults.\n',
      requests: [{ method: 'DELETE', path: 'faults', body: undefined }],
    });
  });

  it('interrupt interrupts Spot tasks', async () => {
    const answer = { interrupted: ['arn:aws:ecs:us-east-1:123456789012:task/1'], spotAvailable: true };
    expect(await fault(['interrupt', 'ecs-service-local', '--count', '1'], answer)).toEqual({
      stdout:
        '1 tasks of ecs-service-local interrupted.\n  arn:aws:ecs:us-east-1:123456789012:task/1\nNew Spot tasks can start.\n',
      requests: [{ method: 'POST', path: 'interrupt', body: { service: 'ecs-service-local', count: 1 } }],
    });
  });

  it.each([
    ['off', false, 'cannot'],
    ['on', true, 'can'],
  ])('interrupt --spot %s sets whether there is Spot capacity', async (spot, spotAvailable, can) => {
    expect(await fault(['interrupt', 'service', '--spot', spot], { interrupted: [], spotAvailable })).toEqual({
      stdout: `0 tasks of service interrupted.\nNew Spot tasks ${can} start.\n`,
      requests: [{ method: 'POST', path: 'interrupt', body: { service: 'service', count: undefined, spotAvailable } }],
    });
  });

  it('load sets the usage of tasks, or resets it to the measured one', async () => {
    const set = { cpuPercent: 85, memoryPercent: null };
    expect(await fault(['load', 'service', '--cpu', '85'], set)).toEqual({
      stdout: 'Usage of the tasks of service: CPU 85 %, memory measured.\n',
      requests: [
        {
          method: 'POST',
          path: 'load',
          body: { service: 'service', cpuPercent: 85, memoryPercent: undefined },
        },
      ],
    });
    const { requests } = await fault(['load', 'service', '--cpu', 'measured', '--memory', '0.5'], set);
    expect(requests).toEqual([
      { method: 'POST', path: 'load', body: { service: 'service', cpuPercent: null, memoryPercent: 0.5 } },
    ]);
  });

  it.each([
    [
      ['load', 's', '--cpu', '101'],
      'nightshift local fault load --cpu: invalid percentage, got 101 - use a number from 0 to 100, or measured',
    ],
    [
      ['load', 's', '--memory', ' '],
      'nightshift local fault load --memory: invalid percentage, got   - use a number from 0 to 100, or measured',
    ],
    [[], 'nightshift local fault: no action specified - use one of add, list, clear, interrupt, load'],
    [['burn'], 'nightshift local fault: unknown action, got burn - use one of add, list, clear, interrupt, load'],
    [
      ['add', '*', '--every', '0'],
      'nightshift local fault add --every: invalid number, got 0 - use a whole number, at least 1',
    ],
    [
      ['add', '*', '--every', ' '],
      'nightshift local fault add --every: invalid number, got   - use a whole number, at least 1',
    ],
    [
      ['interrupt', 's', '--count', '1.5'],
      'nightshift local fault interrupt --count: invalid number, got 1.5 - use a whole number, at least 0',
    ],
    [
      ['add', '*', '--share', '2'],
      'nightshift local fault add --share: invalid share, got 2 - use a number above 0 and up to 1, such as 0.2',
    ],
    [
      ['add', '*', '--share', '0'],
      'nightshift local fault add --share: invalid share, got 0 - use a number above 0 and up to 1, such as 0.2',
    ],
  ])('refuses %j', async (args, message) => {
    await expect(fault(args, {})).rejects.toThrow(message);
  });
});
