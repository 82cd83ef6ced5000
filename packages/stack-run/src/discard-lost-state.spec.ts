import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { FakeLocalCloud } from '@nightshift/local-cloud/testing';
import { discardLostState } from './discard-lost-state';
import { fakeWorkspace } from './testing/fake-workspace';

describe('discardLostState', () => {
  let root: string;
  let directory: string;
  const cloud = new FakeLocalCloud();
  beforeEach(async () => {
    root = fakeWorkspace();
    directory = join(root, 'cdktf.out/local/stacks/network');
    await cloud.up();
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** @param written when the state could not be saved; the cloud runs since the beginning of 2025. */
  function leave(written: string): void {
    for (const name of ['errored.tfstate', 'plan.tfplan', 'destroy.tfplan']) writeFileSync(join(directory, name), '');
    utimesSync(join(directory, 'errored.tfstate'), new Date(written), new Date(written));
  }
  const discard = (kind: Environment['cloud'] = 'local') =>
    discardLostState(
      { environment: { cloud: kind } as Environment, absoluteDirectory: directory },
      { localCloud: cloud.provide },
    );

  it('removes what describes a local cloud that is gone, and says so', async () => {
    leave('2024-12-31T23:59:59Z');
    expect(await discard()).toBe(
      'discarded errored.tfstate: the local cloud that it describes is gone, this stack starts with nothing',
    );
    expect(readdirSync(directory)).toEqual(['cdk.tf.json']);
    expect(await discard()).toBeUndefined();
  });

  it('keeps what describes the local cloud that runs', async () => {
    leave('2025-01-01T00:00:01Z');
    expect(await discard()).toBeUndefined();
    expect(readdirSync(directory)).toContain('errored.tfstate');
  });

  it('keeps it while no local cloud runs', async () => {
    leave('2024-12-31T23:59:59Z');
    await cloud.down();
    expect(await discard()).toBeUndefined();
    expect(readdirSync(directory)).toContain('errored.tfstate');
  });

  it('keeps the only record of what exists in AWS', async () => {
    leave('2024-12-31T23:59:59Z');
    expect(await discard('aws')).toBeUndefined();
    expect(readdirSync(directory)).toContain('errored.tfstate');
  });
});
