import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { discardLostState, findStack } from './chosen-stack';
import { FakeRunEffects } from './testing/fake-effects';
import { fakeWorkspace } from './testing/fake-workspace';

describe('chosenStack', () => {
  let root: string;
  beforeEach(() => {
    root = fakeWorkspace();
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const find = (stack: string | undefined, suffix = 'dev', name = suffix) =>
    findStack({ verb: 'deploy', stack, environment: { name, suffix } as Environment, root });

  it('finds a synthesized stack, with its siblings and dependents', async () => {
    expect(await find('network')).toMatchObject({
      name: 'network',
      directory: 'cdktf.out/dev/stacks/network',
      absoluteDirectory: join(root, 'cdktf.out/dev/stacks/network'),
      siblings: ['network', 'compute'],
      dependents: ['compute'],
    });
    expect(await find('compute')).toMatchObject({ dependents: [] });
  });

  it.each([
    ['aws_vpc.Vpc_1A', 'network/Vpc/Resource'],
    ['aws_subnet.Private_2B[0]', 'network/Private/Resource'],
    ['data.aws_region.Region', 'network/Region'],
    ['aws_region.Region', undefined],
    ['aws_vpc.Other', undefined],
    ['nothing like that', undefined],
  ])('finds the construct of %s', async (address, path) => {
    const { constructPath } = await find('network');
    expect(constructPath(address)).toBe(path);
  });

  it('finds its resources, and which of them refer to one', async () => {
    const resource = {
      aws_security_group: { Endpoints: {} },
      aws_vpc_endpoint: { Logs: { security_group_ids: ['${aws_security_group.Endpoints.id}'] } },
    };
    writeFileSync(join(root, 'cdktf.out/dev/stacks/network/cdk.tf.json'), JSON.stringify({ resource }));
    const { addressOf, hasResource, refersTo } = await find('network');
    expect(addressOf('aws_cloudwatch_log_group', 'x')).toBeUndefined();
    expect(hasResource('aws_vpc_endpoint')).toBe(true);
    expect(hasResource('aws_ecs_service')).toBe(false);
    expect(refersTo('aws_vpc_endpoint', 'aws_security_group.Endpoints')).toBe(true);
    expect(refersTo('aws_vpc_endpoint', 'aws_security_group.Endpoint')).toBe(false);
    expect(refersTo('aws_ecs_service', 'aws_security_group.Endpoints')).toBe(false);
  });

  it('accepts a stack without resources', async () => {
    writeFileSync(join(root, 'cdktf.out/dev/stacks/network/cdk.tf.json'), '{}');
    const { constructPath } = await find('network');
    expect(constructPath('aws_vpc.Vpc_1A')).toBeUndefined();
    expect(constructPath('data.aws_region.Region')).toBeUndefined();
  });

  it('requires the name of a stack', async () => {
    await expect(find(undefined)).rejects.toThrow(
      'nightshift deploy: no stack specified - use one of network, compute',
    );
  });

  it('refuses an unknown stack', async () => {
    await expect(find('netwrok')).rejects.toThrow(
      'nightshift deploy: stack not found, got netwrok - did you mean network?',
    );
  });

  it('refuses a stack that is not synthesized', async () => {
    await expect(find('network', 'prod')).rejects.toThrow(
      'cdktf.out/prod: prod has not been synthesized - run npx nx run platform:synth -c prod, or let Nx do both: npx nx run network:deploy -c prod',
    );
    await expect(find(undefined, 'pr-2', 'preview')).rejects.toThrow(
      'cdktf.out/pr-2: pr-2 has not been synthesized - run ENVIRONMENT_SUFFIX=pr-2 npx nx run platform:synth -c preview, or let Nx do both: ENVIRONMENT_SUFFIX=pr-2 npx nx run <stack>:deploy -c preview',
    );
  });

  it('throws a defect for a manifest that is not JSON', async () => {
    writeFileSync(join(root, 'cdktf.out/dev/manifest.json'), 'oops');
    await expect(find('network')).rejects.toThrow(SyntaxError);
  });
});

describe('discardLostState', () => {
  let root: string;
  let directory: string;
  let effects: FakeRunEffects;
  beforeEach(() => {
    root = fakeWorkspace();
    directory = join(root, 'cdktf.out/local/stacks/network');
    effects = new FakeRunEffects();
    effects.cloudStatus = { running: true, startedAt: '2025-01-01T00:00:00.000Z' };
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** @param written when the state could not be saved; the cloud runs since the beginning of 2025. */
  function leave(written: string): void {
    for (const name of ['errored.tfstate', 'plan.tfplan', 'destroy.tfplan']) writeFileSync(join(directory, name), '');
    utimesSync(join(directory, 'errored.tfstate'), new Date(written), new Date(written));
  }
  const discard = (kind: Environment['cloud'] = 'local') =>
    discardLostState({ environment: { cloud: kind } as Environment, absoluteDirectory: directory }, effects);

  it('removes the files of a local cloud that is gone, and reports it', async () => {
    leave('2024-12-31T23:59:59Z');
    expect(await discard()).toBe(
      'discarded errored.tfstate: the local cloud that it describes is gone, this stack starts with nothing',
    );
    expect(readdirSync(directory)).toEqual(['cdk.tf.json']);
    expect(await discard()).toBeUndefined();
  });

  it('keeps the files of the running local cloud', async () => {
    leave('2025-01-01T00:00:01Z');
    expect(await discard()).toBeUndefined();
    expect(readdirSync(directory)).toContain('errored.tfstate');
  });

  it('keeps them while no local cloud is running', async () => {
    leave('2024-12-31T23:59:59Z');
    effects.cloudStatus = { running: false };
    expect(await discard()).toBeUndefined();
    expect(readdirSync(directory)).toContain('errored.tfstate');
  });

  it('keeps an unsaved state in AWS', async () => {
    leave('2024-12-31T23:59:59Z');
    expect(await discard('aws')).toBeUndefined();
    expect(readdirSync(directory)).toContain('errored.tfstate');
  });
});
