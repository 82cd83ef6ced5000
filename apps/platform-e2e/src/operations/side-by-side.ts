import { inventory } from '../harness/inventory';
import { Platform } from '../harness/platform';
import { Releases } from '../harness/releases';
import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';
import { allRequirements } from '../requirements/all-requirements';

/** An environment with non-default settings. */
const OTHER = `cloud: local
region: eu-west-1
tags: { Project: Nightshift, CostCenter: risk-analytics, Team: night }
network: { cidr: 10.9.0.0/20, natGateways: single }
container: { environment: { RISK_MODEL: historical } }
task: { cpu: 1024, memoryMiB: 2048 }
scaling: { minimum: 3, maximum: 6 }
logs: { retentionDays: 90 }
alarms: { emails: [night@example.com] }
loadBalancer: { testListener: { allowedCidrs: [127.0.0.1/32] } }
deployment: { trafficRouting: { type: linear, percentage: 20, intervalMinutes: 2 } }
processingWindows:
  - { name: weekly, days: [${inThreeDays()}], from: '22:00', to: '06:00', timeZone: Europe/London, capacity: { minimum: 4 } }
`;

/** A weekday that is not near the day of the test run. */
function inThreeDays(): string {
  const day = new Date(Date.now() + 3 * 24 * 60 * 60_000);
  return day.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' }).toLowerCase();
}

const ROLLED_BACK = 10;

interface Pair {
  readonly other: Platform;
  readonly ephemeral: Platform;
}

/** Two environments that are deployed at the same time and destroyed again. Each part takes minutes, so it starts early. */
export class TwoEnvironments {
  private story: Promise<{ readonly pair: Pair; readonly left: readonly string[] }> | undefined;
  private removal: Promise<readonly string[]> | undefined;
  private pair: Pair | undefined;

  constructor(
    private readonly workspace: () => Workspace,
    private readonly local: () => Platform,
  ) {}

  /** Deploys both, then destroys the ephemeral one. */
  begin(): void {
    this.story = this.play();
    // The error is reported where the result is awaited.
    this.story.catch(() => undefined);
  }

  /** Waits until both are deployed and the ephemeral one is destroyed, or until a step has failed. */
  async settled(): Promise<void> {
    await this.story?.catch(() => undefined);
  }

  /** @returns the resources that remain of the ephemeral environment. */
  async played(): Promise<readonly string[]> {
    if (!this.story) throw new Error('they have not begun');
    const { pair, left } = await this.story;
    this.pair = pair;
    return left;
  }

  get other(): Platform {
    if (!this.pair) throw new Error('it is not deployed');
    return this.pair.other;
  }

  /** Destroys the other one too, and the state buckets of both. */
  beginRemoval(): void {
    this.removal = this.remove();
    this.removal.catch(() => undefined);
  }

  /** @returns the resources that remain of the other environment. */
  async removed(): Promise<readonly string[]> {
    if (!this.removal) throw new Error('the removal has not begun');
    return await this.removal;
  }

  private async play() {
    const workspace = this.workspace();
    await workspace.write('environments/other.yaml', OTHER);
    const endpoint = this.local().localEndpoint();
    const { accessKeyId, secretAccessKey } = endpoint.credentials;
    // The ephemeral environment has cloud: aws; here, its endpoint is the local cloud.
    const env = {
      AWS_ENDPOINT_URL: endpoint.url,
      NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    const on = (props: { configuration: string; suffix?: string }) =>
      new Platform({ workspace, env, ...props }).useEndpoint(endpoint);
    const pair = {
      other: on({ configuration: 'other' }),
      ephemeral: on({ configuration: 'preview', suffix: 'pr-123' }),
    };
    await Promise.all(Object.values(pair).map((one) => success(one.nightshift('bootstrap'))));
    await Promise.all(
      Object.values(pair).flatMap((one) => [
        one.pushImageOf(this.local()),
        success(one.all('deploy', { timeoutSeconds: 900 })),
      ]),
    );
    await success(pair.ephemeral.all('destroy --yes', { timeoutSeconds: 600 }));
    return { pair, left: await inventory(pair.ephemeral) };
  }

  private async remove(): Promise<readonly string[]> {
    if (!this.pair) throw new Error('they are not deployed');
    const { other, ephemeral } = this.pair;
    await success(other.all('destroy --yes', { timeoutSeconds: 600 }));
    const left = await inventory(other);
    await Promise.all([other, ephemeral].map((one) => success(one.nightshift('bootstrap --remove'))));
    return left;
  }
}

/** R0.4, R0.11: an additional environment file, and an additional suffix. */
export function sideBySide(two: TwoEnvironments, workspace: () => Workspace, local: () => Platform): void {
  it('R0.10, R0.11 deploys a new file and a new suffix at the same time, and destroys one of them', async () => {
    expect(await two.played()).toEqual([]);
  });

  it('R0.10 destroying one environment does not change the others', async () => {
    await success(two.other.all('plan --detailed-exitcode'));
    await success(local().all('outputs'));
  });

  describe('the environment other', () => allRequirements(() => two.other));

  it('R10.5 tests a new version through the test listener before it gets traffic', async () => {
    const releases = new Releases(workspace, () => two.other);
    const version = await releases.answeringVersion();
    await releases.push('tested-bad', 'errors');
    const bad = await releases.release('--image tested-bad --yes --json');
    expect(bad.exitCode).toBe(ROLLED_BACK);
    expect(bad.stdout).not.toContain('"type":"traffic"');
    expect(await releases.answeringVersion()).toBe(version);
    await releases.push('tested-good', 'healthy');
    await success(releases.release('--image tested-good --yes'));
    expect(await releases.answeringVersion()).toBe('tested-good');
    const [good, failed] = await releases.history();
    expect(good).toMatchObject({ outcome: 'succeeded', verification: { outcome: 'passed' } });
    expect(failed).toMatchObject({ outcome: 'rolled-back', verification: { outcome: 'failed' } });
  });

  afterAll(() => {
    two.beginRemoval();
  });
}

/** R0.10 */
export function removal(two: TwoEnvironments): void {
  it('R0.10 removes the environment with its state bucket', async () => {
    expect(await two.removed()).toEqual([]);
  });
}
