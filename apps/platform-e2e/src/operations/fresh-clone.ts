import type { Platform } from '../harness/platform';
import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

/** Ten minutes of AWS time in five seconds, for the whole run of the server. */
const FAST = { NIGHTSHIFT_TIME_SCALE: '120' };

/** With this variable, npm would not install development packages such as Nx. */
const PRODUCTION = { NODE_ENV: 'production' };

/** `npm start` in a fresh clone, and again. */
export function freshClone(workspace: () => Workspace, platform: () => Platform): void {
  it('npm start installs dependencies, says so, and ends with a summary of the deployment', async () => {
    const { output } = await success(
      workspace().run('npm start', { env: { ...FAST, ...PRODUCTION }, timeoutSeconds: 600 }),
    );
    expect(output).toContain('node_modules is missing: running npm ci');
    expect(output).toMatch(/\nobservability: \d+ added, 0 changed, 0 destroyed in .*; its deploy follows\n/);
    expect(output).toMatch(/\nobservability +succeeded \(\d+ prepared\) +\d+ /);
    // The summary at the end is enough.
    expect(output).not.toContain('load_balancer_dns_name');
    expect(output).toMatch(/\n {2}resources +compute \d+, network \d+, observability \d+, registry \d+\n/);
    const { stdout } = await success(workspace().run('npx nightshift local status --json'));
    const status = JSON.parse(stdout) as { url: string; environments: { suffix: string; url: string }[] };
    platform().useEndpoint({ url: status.url, credentials: await localCredentials(workspace()) });
    const service = status.environments.find(({ suffix }) => suffix === platform().suffix);
    expect(output).toMatch(new RegExp(`service +${String(service?.url)}\\n`));
  });

  it('a second npm start reports that nothing was changed, and ends with a job that the service answers', async () => {
    const { output } = await success(workspace().run('npm start'));
    expect(output).toContain('is up to date');
    expect(output).not.toContain('npm ci');
    const [, url, file] = /curl (\S+) -H 'Content-Type: application\/json' \\\n +-d @(\S+)$/m.exec(output) ?? [];
    const headers = { 'Content-Type': 'application/json' };
    const body = await workspace().read(String(file));
    const answer = await fetch(String(url), { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ confidence: 0.75, scenarios: 4, valueAtRisk: 55.25 });
  });

  it('plans no changes after a deployment', async () => {
    const { output } = await success(platform().all('plan --detailed-exitcode'));
    expect(output.match(/no changes/g)).toHaveLength(4);
  });

  it('doctor passes all checks', async () => {
    const { output } = await success(platform().nightshift('doctor'));
    expect(output).toContain('[OK]');
    expect(output).not.toContain('[FAIL]');
  });
}

/** The variables of a program in `nightshift local exec`. */
async function localCredentials(workspace: Workspace) {
  const { stdout } = await success(workspace.run('npx nightshift local exec -- node -p JSON.stringify(process.env)'));
  const env = JSON.parse(stdout) as Record<string, string>;
  return { accessKeyId: String(env['AWS_ACCESS_KEY_ID']), secretAccessKey: String(env['AWS_SECRET_ACCESS_KEY']) };
}
