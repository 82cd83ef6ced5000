import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { z } from 'zod';
import type { RunFile } from '../run-file';
import { runStack, type StackRun } from '../run-stack';
import { FakeRunEffects } from './fake-effects';
import { fakeStack } from './fake-stack';
import { fakeWorkspace } from './fake-workspace';

const fields = z.object({ more: z.boolean() });

type Run = StackRun<typeof fields>;

export type Act = Run['act'];

/** Runs on the network stack in a workspace of its own. */
export class StackRunFixture {
  readonly effects = new FakeRunEffects();
  readonly stack: Run['stack'];

  constructor() {
    this.effects.root = fakeWorkspace();
    const absoluteDirectory = join(this.effects.root, 'cdktf.out/dev/stacks/network');
    const environment = { name: 'dev', suffix: 'dev', cloud: 'aws', region: 'us-east-1' } as Environment;
    this.stack = { ...fakeStack, environment, absoluteDirectory };
  }

  async run(act: Act, more: Partial<Run> = {}): Promise<void> {
    const { stack, effects } = this;
    await runStack({ verb: 'deploy', fields, stack, json: false, effects, act, ...more });
  }

  /** An act that takes 17.24 seconds. */
  readonly succeed: Act = () => {
    this.effects.advance(17_240);
    return Promise.resolve({
      counts: { add: 2, change: 1, remove: 0, replace: 0 },
      outputs: { vpc_id: 'vpc-1' },
      result: { more: true },
      lines: (elapsed) => [`done in ${elapsed}`, 'more'],
    });
  };

  /** Terraform reports that it created a resource. */
  created(address: string): void {
    const { options } = this.effects.played;
    options?.onEvent({ type: 'resource', status: 'done', address, action: 'create', elapsedSeconds: 1 });
  }

  runFile(): RunFile {
    return JSON.parse(readFileSync(join(this.stack.absoluteDirectory, 'run.json'), 'utf8')) as RunFile;
  }

  dispose(): void {
    rmSync(this.effects.root, { recursive: true });
  }
}
