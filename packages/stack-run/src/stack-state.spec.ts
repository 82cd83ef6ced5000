import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';
import { outputLines, pushStateOfStack, unlockStack } from './stack-state';

describe('outputs', () => {
  const verb = forEachTest(() => new StackVerbRun());

  it('prints the published values in full', async () => {
    verb.terraform.published = { vpc_id: 'vpc-1', arn: 'x'.repeat(200) };
    expect(await verb.run('outputs network -c dev')).toEqual({
      stdout: `network: 2 outputs\n  vpc_id  vpc-1\n  arn     ${'x'.repeat(200)}\n`,
      stderr: '',
      exitCode: 0,
    });
  });

  it('reports that the stack is not deployed', async () => {
    expect((await verb.run('outputs network -c dev')).stdout).toBe('network: no outputs: the stack is not deployed\n');
  });

  it('prints them as JSON', async () => {
    verb.terraform.published = { subnet_ids: ['a', 'b'] };
    const { stdout } = await verb.run('outputs network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', outputs: { subnet_ids: ['a', 'b'] } });
  });

  it('does not change the record of the last deploy', async () => {
    await verb.run('outputs network -c dev');
    expect(existsSync(join(verb.effects.root, 'cdktf.out/dev/stacks/network/run.json'))).toBe(false);
  });
});

const plain = createColors(false);

describe('outputLines', () => {
  it('have two columns, with lists on one line', () => {
    expect(outputLines({ vpc_id: 'vpc-1', subnet_ids: ['a', 'b'], count: 3 }, plain)).toEqual([
      '  vpc_id      vpc-1',
      '  subnet_ids  a, b',
      '  count       3',
    ]);
  });

  it('are shortened', () => {
    expect(outputLines({ a: 'x'.repeat(200) }, plain)).toEqual([`  a  ${'x'.repeat(119)}…`]);
    expect(outputLines({ a: 'x'.repeat(200) }, plain, Infinity)).toEqual([`  a  ${'x'.repeat(200)}`]);
  });

  it('have no escape codes', () => {
    expect(outputLines({ a: '\u001B[31mred\u001B[0m' }, plain)).toEqual(['  a  red']);
  });

  it('are empty without outputs', () => {
    expect(outputLines({}, plain)).toEqual([]);
  });
});

describe('repair of the state', () => {
  const verb = forEachTest(() => new StackVerbRun());

  it.each([
    [true, 'state saved'],
    [false, 'no state to save'],
  ])('push-state uploads a state that a run could not save, if there is one: %s', async (unsaved, text) => {
    verb.terraform.unsaved = unsaved;
    await pushStateOfStack(await verb.stack('push-state', 'network'), {}, verb.effects);
    expect(verb.effects.printed.stdout).toBe(`network: ${text}\n`);
    expect(verb.terraform.calls).toEqual([['pushState']]);
  });

  it('unlock removes the given lock', async () => {
    await unlockStack(await verb.stack('unlock', 'network'), '8c2a', {}, verb.effects);
    expect(verb.effects.printed.stdout).toBe('network: lock 8c2a removed\n');
    expect(verb.terraform.calls).toEqual([['forceUnlock', '8c2a']]);
  });

  it('unlock requires the lock ID, so that it cannot remove another lock by mistake', async () => {
    await expect(unlockStack(await verb.stack('unlock', 'network'), undefined, {}, verb.effects)).rejects.toThrow(
      'nightshift unlock: no lock specified - pass the lock ID from the error message of the blocked run',
    );
    expect(verb.terraform.calls).toEqual([]);
  });
});
