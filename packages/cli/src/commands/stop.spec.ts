import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { FakeLocalCloud } from '../testing/fake-local-cloud';
import { register } from './stop';
import { FakeEffects } from '../testing/fake-effects';

async function stop(root: string, cloud: FakeLocalCloud, ...args: string[]) {
  const effects = Object.assign(new FakeEffects(), { root, localCloud: cloud.provide });
  const command = new Command('stop').exitOverride();
  register(command, effects);
  await command.parseAsync(args, { from: 'user' });
  return effects.printed.stdout;
}

describe('nightshift stop', () => {
  it('deletes the local cloud and the synthesized files', async () => {
    const root = fakeWorkspace();
    const cloud = new FakeLocalCloud();
    await cloud.up();
    expect(await stop(root, cloud)).toBe(
      '  [OK] local cloud: stopped; everything deployed to it is deleted\n  [OK] cdktf.out/local: removed\n',
    );
    expect(existsSync(join(root, 'cdktf.out', 'local'))).toBe(false);
    expect(existsSync(join(root, 'cdktf.out', 'dev'))).toBe(true);
    expect(cloud.current).toEqual({ running: false });
  });

  it('succeeds if there is nothing to delete', async () => {
    expect(await stop(tmpdir(), new FakeLocalCloud(), '-c', 'nowhere')).toBe(
      '  [OK] local cloud: was not running\n  [OK] cdktf.out/nowhere: already gone\n',
    );
  });

  it('removes nothing outside of cdktf.out', async () => {
    const root = fakeWorkspace();
    expect(await stop(root, new FakeLocalCloud(), '-c', '../environments')).toContain('environments: already gone\n');
    expect(existsSync(join(root, 'environments', 'local.yaml'))).toBe(true);
  });

  it('throws if the directory cannot be read', async () => {
    const root = join(fakeWorkspace(), 'environments');
    writeFileSync(join(root, 'cdktf.out'), 'a file');
    await expect(stop(root, new FakeLocalCloud())).rejects.toThrow('ENOTDIR');
  });
});
