/** Outages of the local cloud, on request. */
export class Faults {
  constructor(private readonly endpoint: () => string) {}

  /**
   * @param actions such as `codedeploy:GetDeployment` or `*`.
   * @param share of their calls that is answered so, 0 to 1.
   */
  async order(actions: readonly string[], answer: 'throttle' | 'error', share: number): Promise<void> {
    await this.ask('faults', 'POST', { actions, answer, share });
  }

  async clear(): Promise<void> {
    await this.ask('faults', 'DELETE');
  }

  /** Takes Spot tasks away, as AWS does with two minutes' notice. */
  async interrupt(service: string, count: number): Promise<void> {
    await this.ask('interrupt', 'POST', { service, count });
  }

  private async ask(path: string, method: string, body?: object): Promise<void> {
    const answer = await fetch(`${this.endpoint()}/nightshift/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
  }
}
