import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ReleaseContext, releaseTarget } from '@nightshift/release';
import { Command } from 'commander';
import type { Effects } from '../effects';
import { register as exec } from '../commands/exec';
import { register as logs } from '../commands/logs';
import { register as open } from '../commands/open';
import type { ReleaseWorld } from '../commands/release/on-releases';
import { register as release } from '../commands/release/release';
import { register as rollback } from '../commands/release/rollback';
import { register as status } from '../commands/status';
import { register as tasks } from '../commands/tasks';
import { register as url } from '../commands/url';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { FakeEngine } from './fake-engine';
import { FakeEffects } from './fake-effects';

const verbs = {
  exec,
  logs,
  open,
  release,
  rollback,
  status,
  tasks,
  url,
} satisfies Record<string, (command: Command, effects: Effects, world: ReleaseWorld) => void>;

/** The checks and the changes of the release that `FakeEngine` plans. */
export const TREE = `Version
  [OK] image: 9a01b7c is there
release of dev: 4f1c2e9 -> 9a01b7c
  ~ image: 4f1c2e9 (sha256:4f4f4f4f4f4f) → 9a01b7c (sha256:9a9a9a9a9a9a)
`;

/** The verbs on releases as a user calls them, with a fake engine. */
export class ReleaseRun {
  readonly engine = new FakeEngine();
  readonly effects = new FakeEffects();
  /** The clients of AWS services. */
  clients: Partial<ReleaseContext['clients']> = {};
  /** The recorded sleeps. */
  slept = 0;

  constructor() {
    this.effects.root = fakeWorkspace();
    this.effects.cwd = this.effects.root;
  }

  /** @param line the words after `nightshift`, separated by blanks. */
  async run(line: string | readonly string[]) {
    const [verb, ...args] = (typeof line === 'string' ? line.split(' ') : line) as [keyof typeof verbs, ...string[]];
    const { engine, effects } = this;
    const clock = {
      now: effects.now,
      sleep: (milliseconds: number) => {
        this.slept += milliseconds;
        return Promise.resolve();
      },
    };
    const world: ReleaseWorld = {
      engine,
      contextFor: (environment) => {
        const target = releaseTarget(environment);
        return Promise.resolve({ clock, clients: this.clients, target, timeScale: 1 } as unknown as ReleaseContext);
      },
    };
    const command = new Command(`nightshift ${verb}`).exitOverride().configureOutput({ writeErr: () => undefined });
    verbs[verb](command, effects, world);
    const failure = await command.parseAsync(args, { from: 'user' }).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
    return { ...effects.printed, exitCode: effects.exitCode, ...(failure !== undefined && { failure }) };
  }

  /** A file in the workspace. */
  file(path: string): string {
    return readFileSync(join(this.effects.root, path), 'utf8');
  }

  /** Removes the workspace. */
  dispose(): void {
    rmSync(this.effects.root, { recursive: true });
  }
}
