import { join } from 'node:path';
import { type Environment, loadEnvironment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { Report } from '@nightshift/policy';
import { readStackManifest } from '@nightshift/stack-run';
import { fakeProcess, inDirectory } from './testing/fake-process';

describe('tools that are loaded when they are used', () => {
  /** The first test transpiles the stacks and loads the classes of the AWS provider. */
  const LOADING_MILLISECONDS = 60_000;
  const stacks = ['compute', 'network', 'observability', 'registry'];
  const environmentIn = (root: string) => loadEnvironment({ directory: join(root, 'environments'), name: 'dev' });
  it(
    'write and check the stacks of an environment',
    async () => {
      const { effects } = fakeProcess();
      await inDirectory(async (directory) => {
        const outdir = join(directory, 'cdktf.out', 'dev');
        const report = await effects.synthesize(environmentIn(effects.root), outdir);
        expect(report).toMatchObject({ passed: true, violations: [] });
        expect([...((await readStackManifest(outdir)) ?? [])].map(([stack]) => stack)).toEqual(stacks);
      });
    },
    LOADING_MILLISECONDS,
  );

  it('write the stacks of an environment without a policy check', async () => {
    const { effects } = fakeProcess();
    await inDirectory(async (directory) => {
      await effects.synthesizeUnchecked(environmentIn(effects.root), join(directory, 'dev'));
      expect((await readStackManifest(join(directory, 'dev')))?.get('compute')).toEqual(['registry', 'network']);
    });
  });

  it('throw a user error if the stacks do not compile', async () => {
    const { effects } = fakeProcess({}, () => Promise.reject(new Error('oops')));
    await expect(effects.synthesizedStacks(environmentIn(effects.root))).rejects.toBeInstanceOf(UserError);
  });

  it('return the stacks of an environment without writing them', async () => {
    const { effects } = fakeProcess();
    const synthesized = await effects.synthesizedStacks(environmentIn(effects.root));
    expect(Object.keys(synthesized).sort()).toEqual(stacks);
  });

  it("check the rules with today's date", async () => {
    const { effects } = fakeProcess();
    const environment = environmentIn(effects.root);
    const waiver = { rule: 'tags-required', resource: 'network/Vpc/Resource', reason: 'r', owner: 'o' };
    const checked = async (expires: string) => {
      const waivers = [{ ...waiver, expires }];
      const { violations } = await effects.checkPolicy(
        { ...environment, waivers },
        { network: { resource: { aws_vpc: { V: { '//': { metadata: { path: waiver.resource } } } } } } },
      );
      return violations.map(({ rule }) => rule.id).filter((id) => id.startsWith('waiver-'));
    };
    expect(await checked('2020-01-01')).toEqual(['waiver-expired']);
    const tomorrow = new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10);
    expect(await checked(tomorrow)).toEqual([]);
    expect(await checked('2999-01-01')).toEqual(['waiver-long']);
  });

  it('check the same stacks once for all commands of a process', async () => {
    const reports = new Map<string, Report>();
    const [one, another] = [fakeProcess({ reports }), fakeProcess({ reports })];
    const environment = environmentIn(one.effects.root);
    const report = await one.effects.checkPolicy(environment, { network: {} });
    expect(await another.effects.checkPolicy(environment, { network: {} })).toBe(report);
    const vpc = { network: { resource: { aws_vpc: { V: {} } } } };
    const ofVpc = await another.effects.checkPolicy(environment, vpc);
    expect(ofVpc).not.toEqual(report);
    expect(await another.effects.checkPolicy({ ...environment, suffix: 'other' }, vpc)).not.toBe(ofVpc);
  });

  it('return the local cloud of this workspace', async () => {
    const { effects } = fakeProcess({ env: { NIGHTSHIFT_LOCAL_DIRECTORY: '/none/such' } });
    const { LocalCloud } = await import('@nightshift/local-cloud');
    const cloud = await effects.localCloud();
    expect(cloud).toBeInstanceOf(LocalCloud);
    expect(await cloud.status()).toEqual({ running: false });
  });

  it('return the objects of a state bucket', async () => {
    const { effects } = fakeProcess({ env: { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' } });
    const environment = { name: 'dev', suffix: 'dev', cloud: 'aws', region: 'us-east-1' } as Environment;
    const before = { ...process.env };
    expect(Object.keys(await effects.stateObjects(environment))).toEqual(['read', 'write', 'caller']);
    Object.assign(process.env, before);
  });

  it('find Terraform and its provider for a given environment', async () => {
    const { effects } = fakeProcess();
    const silent = () => undefined;
    await expect(effects.installation({ NIGHTSHIFT_TERRAFORM: '/none/such' }, silent)).rejects.toThrow(
      'NIGHTSHIFT_TERRAFORM: is not an executable file, got /none/such - ',
    );
  });

  it('run Terraform', async () => {
    const { effects } = fakeProcess();
    const binary = { path: 'terraform', version: '1.11.4', product: 'terraform' } as const;
    const onEvent = () => undefined;
    const { Terraform } = await import('@nightshift/terraform');
    const options = { binary, directory: '/none', env: {}, onEvent };
    expect(await effects.terraform(options)).toBeInstanceOf(Terraform);
    expect(await effects.terraform({ ...options, providerHost: undefined })).not.toHaveProperty('options.providerHost');
  });

  it.each([
    ['this process', {}, 42],
    ['Nx', { NIGHTSHIFT_RUN_PROCESS: '4711' }, 4711],
  ])('run Terraform with a provider that ends with %s', async (_, env, owner) => {
    const { effects } = fakeProcess({ env });
    const binary = { path: 'terraform', version: '1.11.4', product: 'terraform' } as const;
    const providerHost = { note: () => undefined };
    const terraform = await effects.terraform({
      binary,
      directory: '/none',
      env: {},
      onEvent: () => undefined,
      providerHost,
    });
    expect(terraform).toHaveProperty('options.providerHost', {
      ...providerHost,
      owner,
      program: join(effects.root, 'packages/cli/bin/provider-host.mjs'),
      cacheDirectory: join(effects.root, '.nightshift'),
    });
  });
});
