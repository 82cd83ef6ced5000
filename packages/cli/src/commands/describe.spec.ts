import { forEachTest } from '@nightshift/stack-run/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { VerbRun } from '../testing/run-verb';

describe('describe and diff-environments', () => {
  const verb = forEachTest(() => new VerbRun());
  beforeEach(() => {
    write('bases/base.yaml', 'tags: { CostCenter: risk-analytics }\ntask: { cpu: 512, memoryMiB: 1024 }\n');
    write(
      'qa.yaml',
      'extends: base\ntags: { Project: Nightshift }\ntask: { cpu: 256 }\nnetwork: { endpoints: [sqs] }\n',
    );
  });

  function write(file: string, text: string): void {
    const path = join(verb.effects.root, 'environments', file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }

  it('prints each value and its origin', async () => {
    const { stdout, exitCode } = await verb.run('describe -c qa');
    expect(exitCode).toBeUndefined();
    for (const line of [
      'region: us-east-1 # default',
      'tags:\n  Project: Nightshift # environments/qa.yaml\n  CostCenter: risk-analytics # environments/bases/base.yaml\n',
      '  endpoints: [ sqs ] # environments/qa.yaml',
      'task:\n  cpu: 256 # environments/qa.yaml\n  memoryMiB: 1024 # environments/bases/base.yaml\n',
      '\nname: qa # name\n',
      '    cpuPercent: 70 # default',
    ]) {
      expect(stdout).toContain(line);
    }
    expect(parse(stdout)).toMatchObject({
      suffix: 'qa',
      task: { cpu: 256 },
      scaling: { scaleOut: { cpuPercent: 70 } },
    });
  });

  it('prints one JSON object', async () => {
    const result = JSON.parse((await verb.run('describe -c qa --json')).stdout) as { values: unknown[] };
    expect(result).toMatchObject({
      type: 'result',
      verb: 'describe',
      environment: 'qa',
      status: 'succeeded',
      exitCode: 0,
    });
    expect(result.values).toContainEqual({ key: 'task.cpu', value: 256, from: 'environments/qa.yaml' });
    expect(result.values).toContainEqual({ key: 'region', value: 'us-east-1', from: 'default' });
  });

  it('describes an ephemeral environment', async () => {
    verb.effects.env = { ENVIRONMENT_SUFFIX: 'pr-1' };
    expect((await verb.run('describe -c preview')).stdout).toContain('\nsuffix: pr-1 # name\n');
  });

  it('shows the values that differ between two environments', async () => {
    expect((await verb.run('diff-environments qa dev')).stdout).toBe(
      [
        'key                qa       dev',
        'network.endpoints  ["sqs"]  []',
        'task.cpu           256      2048',
        'task.memoryMiB     1024     4096',
        '',
      ].join('\n'),
    );
  });

  it('shows a key that one environment does not have', async () => {
    write('other.yaml', 'tags: { Project: Nightshift, CostCenter: risk-analytics }\naccount: { id: "123456789012" }\n');
    expect((await verb.run('diff-environments dev other')).stdout).toBe(
      'key         dev  other\naccount.id  -    123456789012\n',
    );
    verb.effects.printed.stdout = '';
    expect(JSON.parse((await verb.run('diff-environments dev other --json')).stdout)).toEqual({
      type: 'result',
      verb: 'diff-environments',
      status: 'succeeded',
      problems: [],
      environments: ['dev', 'other'],
      differences: [{ key: 'account.id', values: [null, '123456789012'] }],
      exitCode: 0,
    });
  });

  it('reports that two environments do not differ', async () => {
    expect((await verb.run('diff-environments dev dev')).stdout).toBe('dev and dev do not differ\n');
  });

  it('refuses an environment that does not exist', async () => {
    expect((await verb.run('diff-environments dev pord')).stderr).toMatch(
      /^error environments\/pord\.yaml: does not exist - use one of dev, local, preview, qa/,
    );
  });
});
