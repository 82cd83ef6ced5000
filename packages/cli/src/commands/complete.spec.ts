import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { VerbRun } from '../testing/run-verb';
import { buildProgram } from '../program';
import { completeVerb } from './complete';
import type { ReleaseWorld } from './release/on-releases';

describe('completion', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
    for (const file of ['apps/network/src/network-stack.ts', 'apps/platform/src/main.ts']) {
      mkdirSync(join(verb.effects.root, file, '..'), { recursive: true });
      writeFileSync(join(verb.effects.root, file), '');
    }
  });
  afterEach(() => {
    verb.dispose();
  });

  it.each([
    [['pl'], 'plan\n'],
    [['compl'], 'completion\n'],
    [['deploy', ''], 'network\n'],
    [['deploy', '-c', 'dev', 'n'], 'network\n'],
    [['deploy', 'network', ''], ''],
    [['deploy', 'network', '-c', ''], 'dev\nlocal\npreview\n'],
    [['plan', 'network', '--det'], '--detailed-exitcode\n'],
    [['plan', 'network', '--json', '--det'], '--detailed-exitcode\n'],
    [['destroy', '--ask'], ''],
    [['destroy', '--ask-for', ''], ''],
    [['release', 'st'], 'status\nstop\n'],
    [['release', 'watch', '--on-interrupt', ''], 'detach\nstop\n'],
    [['rollback', '--summary', ''], ''],
    [['completion', ''], 'bash\nfish\nzsh\n'],
    [['nonsense', ''], ''],
    [['rollback', '--to', ''], ''],
  ])('offers for %j', async (words, candidates) => {
    expect(await verb.run(['complete', '--', ...words].join(' '))).toMatchObject({ stderr: '', exitCode: undefined });
    verb.effects.printed.stdout = '';
    const command = new Command('complete');
    completeVerb(buildProgram).register(command, verb.effects);
    await command.parseAsync(['--', ...words], { from: 'user' });
    expect(verb.effects.printed.stdout).toBe(candidates);
  });

  it('offers everything before the first word', async () => {
    const command = new Command('complete');
    completeVerb(buildProgram).register(command, verb.effects);
    await command.parseAsync([], { from: 'user' });
    const offered = verb.effects.printed.stdout.split('\n');
    expect(offered).toEqual(expect.arrayContaining(['deploy', 'destroy']));
    expect(offered).not.toContain('complete');
  });

  it('offers the releases of an environment', async () => {
    const world = {
      engine: { releaseHistory: () => Promise.resolve({ records: [{ id: '1a2b3c' }, { id: '9f8e7d' }] }) },
      contextFor: () => Promise.resolve({}),
    } as unknown as ReleaseWorld;
    const command = new Command('complete');
    completeVerb(buildProgram, world).register(command, verb.effects);
    await command.parseAsync(['--', 'rollback', '-c', 'dev', '--to', '1'], { from: 'user' });
    expect(verb.effects.printed.stdout).toBe('1a2b3c\n');
  });

  it.each(['bash', 'zsh', 'fish'])('prints a script for %s', async (shell) => {
    expect((await verb.run(`completion ${shell}`)).stdout).toContain('complete -- ');
  });

  it.each([
    ['', 'no shell specified - use one of bash, zsh, fish'],
    [' bsh', 'unknown shell, got bsh - did you mean bash?'],
  ])('refuses completion%s', async (shell, message) => {
    expect((await verb.run(`completion${shell}`)).stderr).toBe(`error nightshift completion: ${message}\n`);
  });
});
