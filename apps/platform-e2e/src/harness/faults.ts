/** Outages of the local cloud, on request. */
export class Faults {
  constructor(private readonly endpoint: () => string) {}

  /** @param actions such as `codedeploy:GetDeployment` or `*`; every n-th call of them is answered so. */
  async order(actions: readonly string[], answer: 'throttle' | 'error', every: number): Promise<void> {
    await this.ask('faults', 'POST', { actions, answer, every });
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
