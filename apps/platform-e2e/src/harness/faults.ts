import { success } from './success';
import type { Workspace } from './workspace';

/** Outages of the local cloud, by the command that a user types. */
export class Faults {
  constructor(private readonly workspace: () => Workspace) {}

  /**
   * @param action such as `codedeploy:GetDeployment` or `*`.
   * @param share of its calls that is answered so, 0 to 1.
   */
  async add(action: string, answer: 'throttle' | 'error', share: number): Promise<void> {
    await this.fault(`add ${action} --answer ${answer} --share ${String(share)}`);
  }

  async clear(): Promise<void> {
    await this.fault('clear');
  }

  /** Takes Spot tasks away, as AWS does with two minutes' notice. */
  async interrupt(service: string, count: number): Promise<void> {
    await this.fault(`interrupt ${service} --count ${String(count)}`);
  }

  private async fault(words: string): Promise<void> {
    // Without npx, which takes half a second: a fault has to strike while traffic moves.
    await success(this.workspace().run(`node_modules/.bin/nightshift local fault ${words}`));
  }
}
