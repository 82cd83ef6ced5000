import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { VerbRun } from '../testing/run-verb';
import { outputLines } from './outputs';

describe('outputs', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  it('prints what the stack publishes, uncut', async () => {
    verb.terraform.published = { vpc_id: 'vpc-1', arn: 'x'.repeat(200) };
    expect(await verb.run('outputs network -c dev')).toEqual({
      stdout: `network: 2 outputs\n  vpc_id  vpc-1\n  arn     ${'x'.repeat(200)}\n`,
      stderr: '',
      exitCode: 0,
    });
  });

  it('says so where nothing is deployed', async () => {
    expect((await verb.run('outputs network -c dev')).stdout).toBe('network: no outputs: the stack is not deployed\n');
  });

  it('gives them to programs', async () => {
    verb.terraform.published = { subnet_ids: ['a', 'b'] };
    const { stdout } = await verb.run('outputs network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', outputs: { subnet_ids: ['a', 'b'] } });
  });

  it('leaves the record of the last deploy as it is', async () => {
    await verb.run('outputs network -c dev');
    expect(existsSync(join(verb.effects.root, 'cdktf.out/dev/stacks/network/run.json'))).toBe(false);
  });
});

const plain = createColors(false);

describe('outputs', () => {
  it('stand in two columns, lists on one line', () => {
    expect(outputLines({ vpc_id: 'vpc-1', subnet_ids: ['a', 'b'], count: 3 }, plain)).toEqual([
      '  vpc_id      vpc-1',
      '  subnet_ids  a, b',
      '  count       3',
    ]);
  });

  it('are cut where they are long', () => {
    expect(outputLines({ a: 'x'.repeat(200) }, plain)).toEqual([`  a  ${'x'.repeat(119)}…`]);
    expect(outputLines({ a: 'x'.repeat(200) }, plain, Infinity)).toEqual([`  a  ${'x'.repeat(200)}`]);
  });

  it('have no escape codes', () => {
    expect(outputLines({ a: '\u001B[31mred\u001B[0m' }, plain)).toEqual(['  a  red']);
  });

  it('may be none', () => {
    expect(outputLines({}, plain)).toEqual([]);
  });
});
