import { randomBytes } from 'node:crypto';
import { inventory } from './harness/inventory';
import { Platform } from './harness/platform';
import { success } from './harness/success';
import type { Workspace } from './harness/workspace';
import { allRequirements } from './requirements/all-requirements';

/** An ephemeral environment in the account of the shell's credentials: deployed, examined, destroyed. */
export function onAws(workspace: () => Workspace): void {
  const suffix = `e2e-${randomBytes(3).toString('hex')}`;
  let platform: Platform;
  const minutes = (count: number) => ({ timeoutSeconds: count * 60 });

  beforeAll(async () => {
    await success(workspace().run('npm ci', minutes(5)));
    platform = new Platform({ workspace: workspace(), configuration: 'preview', suffix, env: credentials() });
  });

  it('R0.4 deploys all four stacks in dependency order', async () => {
    await success(platform.nightshift('bootstrap', minutes(5)));
    await success(platform.all('deploy', minutes(19)));
  });

  allRequirements(() => platform);

  it('plans no changes after a deployment', async () => {
    await success(platform.all('plan --detailed-exitcode', minutes(10)));
  });

  it('R0.10 leaves nothing behind', async () => {
    await success(platform.all('destroy --yes', minutes(19)));
    expect(await inventory(platform)).toEqual([]);
    await success(platform.nightshift('bootstrap --remove', minutes(5)));
  });
}

function credentials(): Record<string, string> {
  const aws = Object.entries(process.env).filter(([name]) => /^(?:AWS_|NIGHTSHIFT_ALLOW_ENDPOINT_URL$)/.test(name));
  return Object.fromEntries(aws.map(([name, value]) => [name, String(value)]));
}
