import { UserError } from '@nightshift/errors';
import type { Command } from 'commander';
import { didYouMean } from '@nightshift/config';
import type { Effects } from '../effects';

/** Each script passes the words before the cursor to `nightshift complete`. */
const scripts = {
  bash: `_nightshift() {
  local command=("\${COMP_WORDS[0]}")
  [ "$command" = npx ] && command=(npx "\${COMP_WORDS[1]}")
  [ "\${command[*]: -1}" = nightshift ] || return
  local words=("\${COMP_WORDS[@]:\${#command[@]}:$((COMP_CWORD - \${#command[@]} + 1))}")
  local IFS=$'\\n'
  COMPREPLY=($("\${command[@]}" complete -- "\${words[@]}" 2>/dev/null))
}
complete -o default -F _nightshift nightshift npx
`,
  zsh: `#compdef nightshift npx
_nightshift() {
  local -a command candidates
  command=("\${words[1]}")
  [[ "\${words[1]}" = npx ]] && command=(npx "\${words[2]}")
  [[ "\${command[-1]}" = nightshift ]] || { _default; return }
  candidates=("\${(@f)$("\${command[@]}" complete -- "\${(@)words[\${#command}+1,CURRENT]}" 2>/dev/null)}")
  compadd -a candidates
}
compdef _nightshift nightshift npx
`,
  fish: `function __nightshift
    set -l words (commandline -opc) (commandline -ct)
    set -l command $words[1]
    test $command = npx; and set command npx $words[2]
    test $command[-1] = nightshift; or return
    $command complete -- $words[(math (count $command) + 1)..-1] 2>/dev/null
end
complete -c nightshift -f -a '(__nightshift)'
complete -c npx -n 'contains nightshift (commandline -opc)' -f -a '(__nightshift)'
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
  eval "$(npx nightshift completion bash)"      in ~/.bashrc
  eval "$(npx nightshift completion zsh)"       in ~/.zshrc, after compinit
  npx nightshift completion fish | source       in ~/.config/fish/config.fish`,
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
