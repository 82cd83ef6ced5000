import { inventory } from '../harness/inventory';
import { Platform } from '../harness/platform';
import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';
import { allRequirements } from '../requirements/all-requirements';

/** An environment of the other choices: what `local` leaves at its default is set here. */
const OTHER = `cloud: local
region: eu-west-1
tags: { Project: Nightshift, CostCenter: risk-analytics, Team: night }
network: { cidr: 10.9.0.0/20, natGateways: single }
container: { environment: { RISK_MODEL: historical } }
task: { cpu: 1024, memoryMiB: 2048 }
scaling: { minimum: 3, maximum: 6 }
logs: { retentionDays: 90 }
alarms: { emails: [night@example.com] }
deployment: { trafficRouting: { type: linear, percentage: 20, intervalMinutes: 2 } }
processingWindows:
  - { name: weekly, days: [${inThreeDays()}], from: '22:00', to: '06:00', timeZone: Europe/London, capacity: { minimum: 4 } }
`;

/** The name of a weekday that is not near, whenever the tests run. */
function inThreeDays(): string {
  const day = new Date(Date.now() + 3 * 24 * 60 * 60_000);
  return day.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' }).toLowerCase();
}

/** Two environments that are deployed at the same time. Takes minutes of waiting, so it begins before it is asked for. */
export class TwoEnvironments {
  private pair: Promise<{ readonly other: Platform; readonly ephemeral: Platform }> | undefined;
  private seen: { readonly other: Platform; readonly ephemeral: Platform } | undefined;

  constructor(
    private readonly workspace: () => Workspace,
    private readonly local: () => Platform,
  ) {}

  begin(): void {
    this.pair = this.deploy();
    // Whoever asks for them is told.
    this.pair.catch(() => undefined);
  }

  async deployed(): Promise<void> {
    this.seen = await this.pair;
  }

  get other(): Platform {
    return this.both.other;
  }

  get ephemeral(): Platform {
    return this.both.ephemeral;
  }

  private get both() {
    if (!this.seen) throw new Error('they are not deployed');
    return this.seen;
  }

  private async deploy() {
    const workspace = this.workspace();
    await workspace.write('environments/other.yaml', OTHER);
    const url = this.local().endpointUrl();
    const env = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    const on = (props: { configuration: string; suffix?: string }) =>
      new Platform({ workspace, env, ...props }).useEndpoint(url);
    const other = on({ configuration: 'other' });
    const ephemeral = on({ configuration: 'preview', suffix: 'pr-123' });
    await Promise.all([other, ephemeral].map((one) => success(one.nightshift('bootstrap'))));
    await Promise.all([other, ephemeral].map((one) => success(one.all('deploy', { timeoutSeconds: 900 }))));
    return { other, ephemeral };
  }
}

/** R0.4, R0.11: a file more is an environment more; a suffix more is an environment without a file. */
export function sideBySide(two: TwoEnvironments, local: () => Platform): void {
  it('R0.11 a new file and a new suffix are deployed at the same time', async () => {
    await two.deployed();
  });

  describe('the environment other', () => allRequirements(() => two.other));

  it('R0.10 destroying one leaves the others as they are', async () => {
    await success(two.ephemeral.all('destroy', { timeoutSeconds: 600 }));
    expect(await inventory(two.ephemeral)).toEqual([]);
    await success(two.other.all('plan --detailed-exitcode'));
    await success(local().all('outputs'));
  });

  it('R0.10 an environment can be removed for good, its state bucket included', async () => {
    await success(two.other.all('destroy', { timeoutSeconds: 600 }));
    expect(await inventory(two.other)).toEqual([]);
    await Promise.all([two.other, two.ephemeral].map((one) => success(one.nightshift('bootstrap --remove'))));
  });
}
