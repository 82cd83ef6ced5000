import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseContext } from '@nightshift/release';
import { Command } from 'commander';
import { register as registerRelease } from '../commands/release/release';
import { register as registerRollback } from '../commands/release/rollback';
import { FakeEffects } from './fake-effects';
import { FakeEngine } from './fake-engine';
import { fakeWorkspace } from './fake-workspace';

/** The verbs on releases as a user calls them, with an engine that is played. */
export class ReleaseRun {
  readonly engine = new FakeEngine();
  readonly effects = new FakeEffects();
  /** Of AWS. */
  clients: Partial<ReleaseContext['clients']> = {};
  /** How long the verbs slept. */
  slept = 0;

  constructor() {
    this.effects.root = fakeWorkspace();
    this.effects.cwd = this.effects.root;
  }

  /** @param line what follows `nightshift`, split at blanks. */
  async run(line: string) {
    const [verb, ...args] = line.split(' ');
    const { engine, effects } = this;
    const clock = {
      now: effects.now,
      sleep: (milliseconds: number) => {
        this.slept += milliseconds;
        return Promise.resolve();
      },
    };
    const world = {
      engine,
      contextFor: () => Promise.resolve({ clock, clients: this.clients, timeScale: 1 } as unknown as ReleaseContext),
    };
    const command = new Command(String(verb)).exitOverride().configureOutput({ writeErr: () => undefined });
    (verb === 'rollback' ? registerRollback : registerRelease)(command, effects, world);
    const failure = await command.parseAsync(args, { from: 'user' }).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
    return { ...effects.printed, exitCode: effects.exitCode, ...(failure !== undefined && { failure }) };
  }

  /** What was written into the workspace. */
  file(path: string): string {
    return readFileSync(join(this.effects.root, path), 'utf8');
  }

  /** Removes the workspace. */
  dispose(): void {
    rmSync(this.effects.root, { recursive: true });
  }
}
