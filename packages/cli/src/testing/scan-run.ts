import { rmSync } from 'node:fs';
import type { STSClient } from '@aws-sdk/client-sts';
import { digestOf, FakeEcr } from '@nightshift/release/testing';
import { FAKE_ACCOUNT, fakeClient } from '@nightshift/testing/aws';
import { Command } from 'commander';
import type { RegistryClients } from '@nightshift/aws-access';
import { register } from '../commands/scan';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { FakeEffects } from './fake-effects';

/** When the scan of the fixture ended. */
export const scanned = 'scanned 2024-12-24 01:02 UTC';

/** A finding in OpenSSL. */
export const openssl = {
  uri: 'https://cve.example.org/1',
  attributes: [
    { key: 'package_version', value: '3.0.1' },
    { key: 'package_name', value: 'openssl' },
  ],
};

/** `nightshift scan` as a user calls it, on a repository that holds image 1.4.2. */
export class ScanRun {
  readonly ecr = new FakeEcr();
  env: Record<string, string> = {};
  private readonly root = fakeWorkspace();

  constructor() {
    this.push('1.4.2', 'a1');
  }

  get clients(): RegistryClients {
    const who = { Account: FAKE_ACCOUNT, Arn: `arn:aws:iam::${FAKE_ACCOUNT}:user/deploy` };
    const sts = fakeClient({ GetCallerIdentity: () => who }, () => undefined) as STSClient;
    return { ecr: this.ecr.client, sts };
  }

  push(tag: string, digest: string, pushedAt = '2024-12-24T00:00:00Z'): void {
    this.ecr.images.push({ digest: digestOf(digest), tags: [tag], pushedAt: new Date(pushedAt) });
  }

  /** @param line the words after `nightshift scan`. `seconds` counts the simulated wait. */
  async scan(line: string) {
    const effects = Object.assign(new FakeEffects(), { root: this.root, env: this.env });
    const sleep = (milliseconds: number) => {
      effects.advance(milliseconds);
      return Promise.resolve();
    };
    const command = new Command('scan').exitOverride().configureOutput({ writeErr: () => undefined });
    register(command, effects, { connect: () => Promise.resolve(this.clients), sleep });
    const failure = await command.parseAsync(line.split(' '), { from: 'user' }).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
    const { stdout } = effects.printed;
    return { stdout, exitCode: effects.exitCode, seconds: effects.monotonic() / 1000, ...(failure && { failure }) };
  }

  /** Removes the workspace. */
  dispose(): void {
    rmSync(this.root, { recursive: true });
  }
}
