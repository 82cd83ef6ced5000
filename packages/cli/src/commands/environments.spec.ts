import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListedEnvironment } from '@nightshift/config';
import { Command } from 'commander';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { matrixOf, register } from './environments';
import { FakeEffects } from '../testing/fake-effects';

const image = { image: 'initial', platform: 'linux/amd64' } as const;

describe('nightshift environments', () => {
  async function environments(args: string[], root = workspace()): Promise<string> {
    return (await printed(args, root)).stdout;
  }

  async function printed(args: string[], root = workspace()) {
    const effects = Object.assign(new FakeEffects(), { root });
    const command = new Command('environments').exitOverride().configureOutput({ writeErr: () => undefined });
    register(command, effects);
    await command.parseAsync(args, { from: 'user' });
    return effects.printed;
  }

  function workspace(): string {
    const root = fakeWorkspace();
    const file = [
      'tags: { Project: Nightshift, CostCenter: risk-analytics }',
      'account: { id: "123456789012" }',
      'delivery: { order: 2 }',
      'region: eu-central-1',
    ];
    writeFileSync(join(root, 'environments', 'prod.yaml'), file.join('\n'));
    return root;
  }

  it('lists the files in columns', async () => {
    expect(await environments([])).toBe(
      [
        'environment  suffix              cloud  region        delivery',
        'dev          dev                 aws    us-east-1     manual',
        'local        local               local  us-east-1     manual',
        'preview      ENVIRONMENT_SUFFIX  aws    us-east-1     manual',
        'prod         prod                aws    eu-central-1  step 2',
        '',
      ].join('\n'),
    );
  });

  it('warns about overlapping networks', async () => {
    const { stdout, stderr } = await printed(['--json']);
    expect(JSON.parse(stdout)).toHaveLength(4);
    expect(stderr.split('\n')[0]).toBe(
      'warning environments/preview.yaml: network.cidr: overlaps the network of dev (10.0.0.0/16), so the two networks cannot be connected, got 10.0.0.0/16 - choose another network, or set different accounts (account.id)',
    );
  });

  it('with --json prints one array', async () => {
    expect(JSON.parse(await environments(['--json']))).toEqual([
      { name: 'dev', profile: false, cloud: 'aws', region: 'us-east-1', ...image },
      { name: 'local', profile: false, cloud: 'local', region: 'us-east-1', ...image },
      { name: 'preview', profile: true, cloud: 'aws', region: 'us-east-1', ...image },
      { name: 'prod', profile: false, cloud: 'aws', region: 'eu-central-1', ...image, deliveryOrder: 2 },
    ]);
  });

  it('prints the job matrix on one line (R0.6)', async () => {
    expect(await environments(['--matrix'])).toBe(
      '{"include":[{"environment":"prod","suffix":"prod","region":"eu-central-1","order":2,"image":"initial","platform":"linux/amd64"}]}\n',
    );
    expect(await environments(['--matrix', '--only', 'dev'])).toBe(
      '{"include":[{"environment":"dev","suffix":"dev","region":"us-east-1","order":0,"image":"initial","platform":"linux/amd64"}]}\n',
    );
    expect(await environments(['--matrix'], fakeWorkspace())).toBe('{"include":[]}\n');
    expect(await environments(['--only', 'dev'])).toBe(await environments(['--matrix', '--only', 'dev']));
  });

  it('refuses --json with --matrix', async () => {
    await expect(environments(['--matrix', '--json'])).rejects.toThrow(
      "error: option '--matrix' cannot be used with option '--json'",
    );
  });

  it('refuses a directory with an invalid file', async () => {
    const root = workspace();
    writeFileSync(join(root, 'environments', 'bad.yaml'), 'tags: 1\n');
    await expect(environments(['--json'], root)).rejects.toThrow('environments/bad.yaml: tags');
  });
});

describe('matrixOf', () => {
  const of = (name: string, rest: Partial<ListedEnvironment> = {}): ListedEnvironment => ({
    name,
    profile: false,
    cloud: 'aws',
    region: 'us-east-1',
    ...image,
    ...rest,
  });

  const environments = [
    of('dev', { deliveryOrder: 1 }),
    of('local', { cloud: 'local', deliveryOrder: 9 }),
    of('preview', { profile: true, deliveryOrder: 4 }),
    of('prod', { deliveryOrder: 3, region: 'eu-west-1' }),
    of('sandbox'),
    of('staging', { deliveryOrder: 2 }),
  ];

  it('has a job for each environment that the pipeline deploys, in delivery order (R0.6)', () => {
    expect(matrixOf(environments)).toEqual({
      include: [
        { environment: 'dev', suffix: 'dev', region: 'us-east-1', order: 1, ...image },
        { environment: 'staging', suffix: 'staging', region: 'us-east-1', order: 2, ...image },
        { environment: 'prod', suffix: 'prod', region: 'eu-west-1', order: 3, ...image },
      ],
    });
  });

  it('has one job with --only', () => {
    expect(matrixOf(environments, 'prod').include.map(({ suffix }) => suffix)).toEqual(['prod']);
    expect(matrixOf(environments, 'sandbox').include).toEqual([
      { environment: 'sandbox', suffix: 'sandbox', region: 'us-east-1', order: 0, ...image },
    ]);
  });

  it.each(['preview', 'local', 'nowhere'])('refuses %s, which no pipeline can deploy', (name) => {
    expect(() => matrixOf(environments, name)).toThrow(
      `nightshift environments --only: not an environment that a pipeline can deploy, got ${name} - use one of dev, prod, sandbox, staging`,
    );
  });
});
