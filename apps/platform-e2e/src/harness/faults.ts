import { success } from './success';
import type { Workspace } from './workspace';

/** Faults of the local cloud, injected by `nightshift local fault`. */
export class Faults {
  constructor(private readonly workspace: () => Workspace) {}

  /**
   * @param action such as `codedeploy:GetDeployment` or `*`.
   * @param share share of failed calls, from 0 to 1.
   */
  async add(action: string, answer: 'throttle' | 'error', share: number): Promise<void> {
    await this.fault(`add ${action} --answer ${answer} --share ${String(share)}`);
  }

  async clear(): Promise<void> {
    await this.fault('clear');
  }

  /** Interrupts Spot tasks with the two-minute warning. */
  async interrupt(service: string, count: number): Promise<void> {
    await this.fault(`interrupt ${service} --count ${String(count)}`);
  }

  private async fault(words: string): Promise<void> {
    // Without npx, which takes half a second: the fault must start while traffic moves.
    await success(this.workspace().run(`node_modules/.bin/nightshift local fault ${words}`));
  }
}
