import { UserError } from '@nightshift/errors';
import type { Command } from 'commander';
import { didYouMean } from '@nightshift/config';
import type { Effects } from '../effects';

/**
 * Each script passes the words up to the cursor to `nightshift complete`. npx finds it in the workspace; with these options it neither
 * installs a package of that name outside of one nor asks. Words without candidates are completed as file names.
 * No script replaces the completion of npx. Only fish can add to that of another command, for command lines that fit.
 */
const scripts = {
  bash: `_nightshift() {
  local IFS=$'\\n'
  COMPREPLY=($(npx --offline --no -- nightshift complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null))
}
complete -o default -F _nightshift nightshift
`,
  zsh: `_nightshift() {
  local -a candidates
  candidates=(\${(f)"$(npx --offline --no -- nightshift complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null </dev/null)"})
  if (( $#candidates )); then compadd -a candidates; else _files; fi
}
compdef _nightshift nightshift
`,
  fish: `function __nightshift
    set -l words (commandline -opc) (commandline -ct)
    test $words[1] = npx; and set -e words[1]
    set -l candidates (npx --offline --no -- nightshift complete -- $words[2..-1] 2>/dev/null </dev/null)
    if set -q candidates[1]
        printf '%s\\n' $candidates
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c nightshift -f -a '(__nightshift)'
complete -c npx -n 'set -l words (commandline -opc); test "$words[2]" = nightshift' -f -a '(__nightshift)'
`,
} as const;

export function register(command: Command, { stdout }: Effects): void {
  command
    .description('Print a script that completes verbs, options, stacks, environments and releases in your shell.')
    .usage('bash | zsh | fish')
    .argument('[shell]', 'name of the shell')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift completion bash > ~/.nightshift.bash   and in ~/.bashrc: source ~/.nightshift.bash
  npx nightshift completion zsh > ~/.nightshift.zsh     and in ~/.zshrc, after compinit: source ~/.nightshift.zsh
  npx nightshift completion fish > ~/.config/fish/conf.d/nightshift.fish

In bash and zsh, the script completes the command nightshift, not npx. Define it in the same file:
  nightshift() { npx nightshift "$@"; }`,
    )
    .action((shell: string | undefined) => {
      if (shell !== undefined && isShell(shell)) {
        stdout.write(scripts[shell]);
        return;
      }
      throw new UserError({
        where: 'nightshift completion',
        what: shell === undefined ? 'no shell specified' : 'unknown shell',
        got: shell,
        todo: didYouMean(shell ?? '', Object.keys(scripts)),
      });
    });
}

function isShell(name: string): name is keyof typeof scripts {
  return Object.hasOwn(scripts, name);
}
