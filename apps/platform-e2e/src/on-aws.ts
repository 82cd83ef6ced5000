import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answers, openQuestions } from './aws/open-questions';
import { pushImage } from './aws/push-image';
import { inventory } from './harness/inventory';
import { Platform } from './harness/platform';
import { success } from './harness/success';
import type { Workspace } from './harness/workspace';
import { masked } from '../masked.cjs';
import { allRequirements } from './requirements/all-requirements';

/** Next to the results of jest, for the report of `npm run test:aws`. */
const ANSWERS = join(__dirname, '..', 'test-results', 'aws-answers.json');

/** An ephemeral environment in the account of the shell's credentials: deployed, examined, destroyed. */
export function onAws(workspace: () => Workspace): void {
  const suffix = process.env['NIGHTSHIFT_E2E_SUFFIX'] ?? `e2e-${randomBytes(3).toString('hex')}`;
  const answers: Answers = new Map();
  let platform: Platform;
  let destroyed = false;
  const minutes = (count: number) => ({ timeoutSeconds: count * 60 });

  beforeAll(async () => {
    await success(workspace().run('npm ci', minutes(5)));
    platform = new Platform({ workspace: workspace(), configuration: 'preview', suffix, env: credentials() });
  });

  // Runs even after a failure.
  afterAll(async () => {
    await writeFile(ANSWERS, masked(JSON.stringify([...answers], undefined, 2)));
    if (!destroyed) await platform.all('destroy --yes', minutes(19));
  });

  it('waits for a healthy task before a deployment succeeds', async () => {
    await success(platform.nightshift('bootstrap', minutes(5)));
    const { exitCode, output } = await platform.all('deploy', minutes(19));
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      'deployed, but no task is healthy: image initial is not in ' + platform.names.of('ecr-repository'),
    );
  });

  it('R0.4 deploys all four stacks in dependency order', async () => {
    await pushImage(platform, workspace(), 'initial');
    await success(platform.all('deploy', minutes(19)));
  });

  allRequirements(() => platform);

  it('plans no changes after a deployment', async () => {
    await success(platform.all('plan --detailed-exitcode', minutes(10)));
  });

  describe('what only an account can answer', () => openQuestions(() => platform, workspace, answers));

  it('R0.10 leaves nothing behind', async () => {
    await success(platform.all('destroy --yes', minutes(19)));
    expect(await inventory(platform)).toEqual([]);
    destroyed = true;
    await success(platform.nightshift('bootstrap --remove', minutes(5)));
  });
}

function credentials(): Record<string, string> {
  const aws = Object.entries(process.env).filter(([name]) => /^(?:AWS_|NIGHTSHIFT_ALLOW_ENDPOINT_URL$)/.test(name));
  return Object.fromEntries(aws.map(([name, value]) => [name, String(value)]));
}
