import { InvalidArgumentError, type Command } from 'commander';

export interface WindowOption {
  /** Why the act goes on although a processing window is open or near. */
  readonly duringWindow?: string;
}

/** `--during-window <reason>` (R14.2) */
export function addWindowOption(command: Command): Command {
  return command.option(
    '--during-window <reason>',
    'go on although a processing window is open or near; the reason is kept in the state bucket',
    reason,
  );
}

function reason(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty; say why it cannot wait.');
  return text.trim();
}
