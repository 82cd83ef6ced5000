import type { Command } from 'commander';
import type { Effects } from './effects';
import { buildProgram, verbs } from './program';

/** The width of the page. */
const COLUMNS = 100;

/** The help of every verb and its actions as Markdown: docs/commands.md. */
export async function commandReference(effects: Effects): Promise<string> {
  const sections: string[] = [];
  for (const [name, verb] of Object.entries(verbs)) {
    if ('hidden' in verb) continue;
    const program = await buildProgram([name], effects, '');
    sections.push(...program.commands.filter((command) => command.name() === name).flatMap((command) => help(command)));
  }
  return sections.join('\n');
}

function help(command: Command, path = command.name()): string[] {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => COLUMNS });
  command.outputHelp();
  const actions = command.commands.flatMap((action) => help(action, `${path} ${action.name()}`));
  return [`## ${path}\n\n\`\`\`text\n${text.trim()}\n\`\`\`\n`, ...actions];
}
