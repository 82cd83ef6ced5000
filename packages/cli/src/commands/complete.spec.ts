import { forEachTest } from '@nightshift/stack-run/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { VerbRun } from '../testing/run-verb';
import { buildProgram } from '../program';
import { completeVerb } from './complete';
import type { ReleaseWorld } from './release/on-releases';

const scripts = {
  bash: String.raw`_nightshift() {
  local IFS=$'\n'
  COMPREPLY=($(npx --offline --no -- nightshift complete -- "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null))
}
complete -o default -F _nightshift nightshift
`,
  zsh: String.raw`_nightshift() {
  local -a candidates
  candidates=(${'$'}{(f)"$(npx --offline --no -- nightshift complete -- "${'$'}{(@)words[2,CURRENT]}" 2>/dev/null </dev/null)"})
  if (( $#candidates )); then compadd -a candidates; else _files; fi
}
compdef _nightshift nightshift
`,
  fish: String.raw`function __nightshift
    set -l words (commandline -opc) (commandline -ct)
    test $words[1] = npx; and set -e words[1]
    set -l candidates (npx --offline --no -- nightshift complete -- $words[2..-1] 2>/dev/null </dev/null)
    if set -q candidates[1]
        printf '%s\n' $candidates
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c nightshift -f -a '(__nightshift)'
complete -c npx -n 'set -l words (commandline -opc); test "$words[2]" = nightshift' -f -a '(__nightshift)'
`,
};

describe('completion', () => {
  const verb = forEachTest(() => new VerbRun());
  beforeEach(() => {
    for (const file of ['apps/network/src/network-stack.ts', 'apps/platform/src/main.ts']) {
      mkdirSync(join(verb.effects.root, file, '..'), { recursive: true });
      writeFileSync(join(verb.effects.root, file), '');
    }
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
    [['deploy', '--configuration', '=', 'd'], 'dev\n'],
    [['deploy', '--configuration', '='], 'dev\nlocal\npreview\n'],
    [['deploy', '--configuration', '=', 'dev', 'n'], 'network\n'],
    [['deploy', '--configuration=dev', 'n'], 'network\n'],
    [['deploy', '--configuration=d'], '--configuration=dev\n'],
    [['deploy', '--configuration='], '--configuration=dev\n--configuration=local\n--configuration=preview\n'],
  ])('completes %j', async (words, candidates) => {
    expect(await verb.run(['complete', '--', ...words].join(' '))).toMatchObject({ stderr: '', exitCode: undefined });
    verb.effects.printed.stdout = '';
    const command = new Command('complete');
    completeVerb(buildProgram).register(command, verb.effects);
    await command.parseAsync(['--', ...words], { from: 'user' });
    expect(verb.effects.printed.stdout).toBe(candidates);
  });

  it('completes the first word with all verbs', async () => {
    const command = new Command('complete');
    completeVerb(buildProgram).register(command, verb.effects);
    await command.parseAsync([], { from: 'user' });
    const offered = verb.effects.printed.stdout.split('\n');
    expect(offered).toEqual(expect.arrayContaining(['deploy', 'destroy']));
    expect(offered).not.toContain('complete');
  });

  it.each([
    [['-c', 'dev', '--to', '1'], '1a2b3c\n'],
    [['--configuration=dev', '--to=1'], '--to=1a2b3c\n'],
  ])('completes the releases of an environment for %j', async (words, candidates) => {
    const world = {
      engine: { releaseHistory: () => Promise.resolve({ records: [{ id: '1a2b3c' }, { id: '9f8e7d' }] }) },
      contextFor: () => Promise.resolve({}),
    } as unknown as ReleaseWorld;
    const command = new Command('complete');
    completeVerb(buildProgram, world).register(command, verb.effects);
    await command.parseAsync(['--', 'rollback', ...words], { from: 'user' });
    expect(verb.effects.printed.stdout).toBe(candidates);
  });

  it.each(Object.entries(scripts))(
    'prints a script for %s that does not replace the completion of npx',
    async (shell, script) => {
      expect((await verb.run(`completion ${shell}`)).stdout).toBe(script);
    },
  );

  it.each([
    ['', 'no shell specified - use one of bash, zsh, fish'],
    [' bsh', 'unknown shell, got bsh - did you mean bash?'],
  ])('refuses completion%s', async (shell, message) => {
    expect((await verb.run(`completion${shell}`)).stderr).toBe(`error nightshift completion: ${message}\n`);
  });
});
