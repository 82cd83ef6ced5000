import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { type PulledState, refuseForeignState, siblings } from './state-reader';
import { readSynthesizedStack } from './synthesized-stack';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { writeStack } from './testing/write-stack';

const resources = (...addresses: string[]) => {
  const resource: Record<string, Record<string, object>> = {};
  for (const address of addresses) {
    const [type = '', name = ''] = address.split('.');
    resource[type] = { ...resource[type], [name]: {} };
  }
  return resource;
};

const stateOf = (...addresses: string[]): PulledState => ({
  resources: addresses.map((address) => {
    const [type = '', name = ''] = address.split('.');
    return { mode: 'managed', type, name };
  }),
});

describe('refuseForeignState', () => {
  const root = temporaryDirectory();

  async function check(state: PulledState, configuration: object = {}) {
    await writeStack(root(), { resource: resources('aws_ecr_repository.A', 'aws_kms_key.B') }, 'registry');
    await writeStack(root(), {}, 'empty');
    const directory = await writeStack(root(), {
      resource: resources('aws_vpc.Vpc', 'aws_subnet.S'),
      ...configuration,
    });
    await refuseForeignState(await readSynthesizedStack(directory), state);
  }

  it('refuses the state of another stack, and names both', async () => {
    const refused = check(stateOf('aws_ecr_repository.A', 'aws_kms_key.B', 'aws_kms_alias.Removed'), {
      terraform: { backend: { s3: { bucket: 'state-dev', key: 'dev/network.tfstate' } } },
    });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(
      'network: the state contains resources of the registry stack, and none of the network stack, got aws_ecr_repository.A, aws_kms_key.B in s3://state-dev/dev/network.tfstate - restore an earlier version of the state of network (the bucket keeps versions), or move it to the state of registry',
    );
  });

  it('names no bucket if the state is not in S3', async () => {
    await expect(check(stateOf('aws_kms_key.B'))).rejects.toThrow(', got aws_kms_key.B - restore');
  });

  it.each<[string, PulledState, object]>([
    ['a stack that was never deployed', {}, {}],
    ['an empty state', { resources: [] }, {}],
    ['its own state', stateOf('aws_vpc.Vpc', 'aws_subnet.S'), {}],
    ['a state that took over resources of another stack', stateOf('aws_subnet.S', 'aws_kms_key.B'), {}],
    ['a stack that renames all its resources', stateOf('aws_vpc.Old', 'aws_subnet.Old'), {}],
    ['a stack that moves its resources', stateOf('aws_kms_key.B'), { moved: [{ from: 'aws_kms_key.B[0]', to: 'x' }] }],
    ['a stack that forgets its resources', stateOf('aws_kms_key.B'), { removed: [{ from: 'aws_kms_key.B' }] }],
    ['new resources of which few look like those of another stack', stateOf('aws_kms_key.B', 'aws_vpc.Old'), {}],
    [
      'what is only read, and what is in modules',
      {
        resources: [
          { mode: 'data', type: 'aws_kms_key', name: 'B' },
          { mode: 'managed', type: 'aws_kms_key', name: 'B', module: 'module.m' },
        ],
      },
      {},
    ],
  ])('accepts %s', async (_title, state, configuration) => {
    await expect(check(state, configuration)).resolves.toBeUndefined();
  });
});

describe('siblings', () => {
  const root = temporaryDirectory();

  it('are the other stacks of the environment', async () => {
    await writeStack(root(), { resource: resources('aws_kms_key.B') }, 'registry');
    await writeStack(root(), {}, 'registry', 'prod');
    const directory = await writeStack(root(), {});
    await mkdir(join(directory, '..', 'not-a-stack'));
    await writeFile(join(directory, '..', 'run.json'), '');
    const stack = await readSynthesizedStack(directory);
    expect([...(await siblings(stack))]).toEqual([['registry', new Set(['aws_kms_key.B'])]]);
  });
});
