import { rmSync } from 'node:fs';
import { main } from '../main';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { FakeEffects } from './fake-effects';

/** The command as a user calls it, in a workspace of its own. */
export class VerbRun {
  readonly effects = new FakeEffects();

  constructor() {
    this.effects.root = fakeWorkspace();
    this.effects.cwd = this.effects.root;
  }

  get terraform() {
    return this.effects.played;
  }

  /** @param line the words after `nightshift`: a text separated by blanks, or a list. */
  async run(
    line: string | readonly string[],
  ): Promise<{ stdout: string; stderr: string; exitCode: number | undefined }> {
    await main(typeof line === 'string' ? line.split(' ').filter(Boolean) : line, this.effects);
    const { stdout, stderr } = this.effects.printed;
    return { stdout, stderr, exitCode: this.effects.exitCode };
  }

  /** Removes the workspace. */
  dispose(): void {
    rmSync(this.effects.root, { recursive: true });
  }
}
