import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import type { SynthesizedStack } from './synthesized-stack';
import { stackForMessages } from './testing/failure-context';
import { recordedElsewhere } from './backend-record';

const s3 = { bucket: 'state-dev', key: 'dev/network.tfstate', use_lockfile: true, endpoints: { s3: 'http://x' } };

describe('recordedElsewhere', () => {
  const directory = temporaryDirectory();

  async function compare(record: unknown, backend: SynthesizedStack['backend'] = { s3 }, backendConfig = {}) {
    await mkdir(join(directory(), '.terraform'));
    await writeFile(join(directory(), '.terraform', 'terraform.tfstate'), JSON.stringify(record));
    const stack = stackForMessages({ directory: directory(), backend });
    return await recordedElsewhere(stack, backendConfig);
  }
  const record = (config: object, type = 's3') => ({ version: 3, backend: { type, config, hash: 1 } });

  it('accepts the settings that Terraform records, which include defaults', async () => {
    expect(await compare(record({ ...s3, endpoints: [], region: null }))).toBeUndefined();
  });

  it('compares settings as text, as Terraform converts them', async () => {
    expect(await compare(record({ ...s3, use_lockfile: 'true' }))).toBeUndefined();
  });

  it('reports another key and another bucket', async () => {
    expect(await compare(record({ ...s3, key: 'team/app.tfstate', bucket: 'b' }))).toBe(
      'bucket is "b" and not "state-dev", key is "team/app.tfstate" and not "dev/network.tfstate"',
    );
  });

  it('reports another kind of backend', async () => {
    expect(await compare(record({ path: 'x' }, 'local'), { s3: {} })).toBe('the backend is "local" and not "s3"');
  });

  it('counts the settings that complete a backend', async () => {
    expect(await compare(record({ bucket: 'a' }), { s3: {} }, { bucket: 'b' })).toBe('bucket is "a" and not "b"');
  });

  it.each<[string, unknown, SynthesizedStack['backend']]>([
    ['a record of no backend', { version: 3 }, { s3 }],
    ['no backend in the configuration', record(s3), {}],
  ])('accepts %s', async (_title, recorded, backend) => {
    expect(await compare(recorded, backend)).toBeUndefined();
  });

  it('accepts a stack before its first init', async () => {
    expect(await recordedElsewhere(stackForMessages({ directory: directory(), backend: { s3 } }), {})).toBeUndefined();
  });
});
