import type { Command } from 'commander';
import type { Effects } from '../effects';

export function register(command: Command, effects: Effects): void {
  command.action(() => {
    effects.stdout.write('not yet\n');
  });
}
