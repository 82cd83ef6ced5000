import { FakeBucket } from '@nightshift/state-bucket/testing';
import { FakeAws } from '@nightshift/state-bucket/testing';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { Command } from 'commander';
import { rmSync } from 'node:fs';
import { register } from './destroy';
import { FakeEffects } from '../testing/fake-effects';

describe('destroy --ask-for', () => {
  const aws = new FakeAws();
  aws.s3.buckets.set('s3-tfstate-nightshift-dev', new FakeBucket());
  const root = fakeWorkspace();
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it.each([
    ['--ask-for', 'network, compute'],
    ['--ask-for=network', 'compute, network'],
    ['--ask-for=compute', 'compute'],
  ])('asks once for a whole Nx run, and destroys nothing: %s', async (option, stacks) => {
    const effects = Object.assign(new FakeEffects(), { root, interactive: true, answer: 'dev' });
    const command = new Command('destroy').exitOverride();
    register(command, effects, () => Promise.resolve(aws.clients));
    await command.parseAsync(['-c', 'dev', option], { from: 'user' });
    expect(effects.questions).toEqual([`This destroys 0 resources of ${stacks} in dev. Type dev to continue: `]);
    expect(effects.played.calls).toEqual([]);
  });
});
