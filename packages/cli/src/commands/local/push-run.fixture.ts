import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { fakeClient } from '@nightshift/testing/aws';
import { Command } from 'commander';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import type { RegistryClients } from '@nightshift/aws-access';
import { registerPush } from './push';
import { FakeEffects } from '../../testing/fake-effects';

const WRITES_BUNDLE = `require('node:fs').writeFileSync(process.argv.at(-1).replace('--outfile=', ''), '// the workload')`;

/** `nightshift local push` as a user calls it, with a fake registry and a fake bundler. */
export class PushRun {
  readonly root = fakeWorkspace();
  readonly effects = Object.assign(new FakeEffects(), {
    root: this.root,
    spawn: this.spawn.bind(this),
    localCloud: async () => {
      const { LocalCloud } = await import('@nightshift/local-cloud');
      return new LocalCloud({ root: this.root, env: {} });
    },
  });
  /** The requests to the registry. */
  readonly pushed: { repositoryName: string; imageTag: string; imageManifest: string }[] = [];
  /** The error of the registry. @default - it accepts the image */
  refusal: Error | undefined;

  constructor() {
    mkdirSync(join(this.root, 'apps', 'batch-processor'), { recursive: true });
  }

  /** @param line the words after `nightshift local push`. */
  async push(line: string) {
    const put = (input: object) => {
      this.pushed.push(input as (typeof this.pushed)[number]);
      return {};
    };
    const ecr = fakeClient({ PutImage: put }, () => this.refusal) as ECRClient;
    const command = new Command('nightshift local').exitOverride().configureOutput({ writeErr: () => undefined });
    registerPush(command, this.effects, () => Promise.resolve({ ecr } as RegistryClients));
    const failure = await command.parseAsync(['push', ...line.split(' ')], { from: 'user' }).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
    return { stdout: this.effects.printed.stdout, failure };
  }

  /** Removes the workspace. */
  dispose(): void {
    rmSync(this.root, { recursive: true });
  }

  private spawn(_: string, args: readonly string[]) {
    return spawn(process.execPath, ['-e', WRITES_BUNDLE, '--', ...args]);
  }
}
