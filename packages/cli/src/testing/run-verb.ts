import { rmSync } from 'node:fs';
import { main } from '../main';
import { FakeEffects } from './fake-effects';
import { fakeWorkspace } from './fake-workspace';

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

  /** @param line what follows `nightshift`, split at blanks. */
  async run(line: string): Promise<{ stdout: string; stderr: string; exitCode: number | undefined }> {
    await main(line.split(' ').filter(Boolean), this.effects);
    const { stdout, stderr } = this.effects.printed;
    return { stdout, stderr, exitCode: this.effects.exitCode };
  }

  /** Removes the workspace. */
  dispose(): void {
    rmSync(this.effects.root, { recursive: true });
  }
}
