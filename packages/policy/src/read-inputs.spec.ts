import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readPlan, readSources, readStacks } from './read-inputs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inputs-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: string | Uint8Array): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

describe('readStacks', () => {
  const todo = 'pass a directory written by synth, such as cdktf.out/dev';

  it.each([
    ['out', 'stacks/network/cdk.tf.json'],
    ['out/stacks', 'network/cdk.tf.json'],
  ])('reads the stacks in %s', async (directory, file) => {
    write('out/stacks/network/cdk.tf.json', '{"resource":{}}');
    mkdirSync(join(root, 'out/stacks/empty'));
    const { stacks, fileOf } = await readStacks(join(root, directory), directory);
    expect(stacks).toEqual({ network: { resource: {} } });
    expect(fileOf('network')).toBe(file);
  });

  it.each([
    ['none', `none: directory not found - ${todo}`],
    ['file', `file: is not a directory - ${todo}`],
    [
      'empty',
      `empty: no synthesized stack found: neither <stack>/cdk.tf.json nor stacks/<stack>/cdk.tf.json - ${todo}`,
    ],
  ])('refuses %s', async (name, message) => {
    write('file', '');
    write('empty/file', '');
    await expect(readStacks(join(root, name), name)).rejects.toThrow(message);
  });

  it.each(['{', '[]', 'null', '1'])('refuses a stack that contains %s', async (text) => {
    write('out/stacks/network/cdk.tf.json', text);
    await expect(readStacks(join(root, 'out'), 'out')).rejects.toThrow(
      'out/stacks/network/cdk.tf.json: is not a Terraform configuration in JSON - synthesize again',
    );
  });

  it('throws a defect if it cannot read', async () => {
    mkdirSync(join(root, 'odd/network/cdk.tf.json'), { recursive: true });
    await expect(readStacks(join(root, 'odd'), 'odd')).rejects.toThrow('EISDIR');
    await expect(readStacks(join(root, 'x'.repeat(300)), 'x')).rejects.toThrow('ENAMETOOLONG');
  });
});

describe('readPlan', () => {
  const todo = 'write it with: terraform show -json <plan file> > plan.json';

  it.each([
    ['UTF-8', Buffer.from('{"a":"é"}')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF{"a":"é"}')],
    ['UTF-16 of PowerShell', Buffer.from('\uFEFF{"a":"é"}', 'utf16le')],
    ['UTF-16 with the other byte order', Buffer.from('\uFEFF{"a":"é"}', 'utf16le').swap16()],
  ])('reads %s', async (_, bytes) => {
    expect(await readPlan(write('plan.json', bytes), 'plan.json')).toEqual({ a: 'é' });
  });

  it.each([
    ['none.json', `none.json: file not found - ${todo}`],
    ['folder', `folder: is a directory - ${todo}`],
    ['text', `text: is not the JSON of a Terraform plan - ${todo}`],
  ])('refuses %s', async (name, message) => {
    write('text', 'cloud: local');
    mkdirSync(join(root, 'folder'));
    await expect(readPlan(join(root, name), name)).rejects.toThrow(message);
  });

  it('throws a defect if it cannot read', async () => {
    await expect(readPlan(join(root, 'x'.repeat(300)), 'x')).rejects.toThrow('ENAMETOOLONG');
  });
});

describe('readSources', () => {
  it('reads the configuration of the same name, otherwise all of the directory', async () => {
    write('jobs.tf', 'jobs');
    write('other.tf.json', '{}');
    write('notes.md', '');
    expect(await readSources(join(root, 'jobs.json'))).toEqual([{ name: 'jobs.tf', text: 'jobs' }]);
    const all = await readSources(join(root, 'plan.json'));
    expect(all.map(({ name }) => name).sort()).toEqual(['jobs.tf', 'other.tf.json']);
  });
});
