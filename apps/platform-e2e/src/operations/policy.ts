import { join } from 'node:path';
import { refusal, success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

const FILE = 'environments/forbidden.yaml';
const RESOURCE = 'compute/TaskDefinition/Resource';
const RULE = 'no-secret-in-environment';
const DAY_MILLISECONDS = 24 * 60 * 60_000;
/** Node.js as of the day after tomorrow. */
const LATER = `const Today = Date;
globalThis.Date = class extends Today {
  constructor(...parts) { parts.length === 0 ? super(Today.now() + ${2 * DAY_MILLISECONDS}) : super(...parts); }
  static now() { return Today.now() + ${2 * DAY_MILLISECONDS}; }
};
`;

/** R15: violations block every deployment, and a waiver allows them until it expires. */
export function policy(workspace: () => Workspace): void {
  const run = (command: string, env: Record<string, string> = {}) => workspace().run(command, { env });
  const forbidden = async (waivers = '') => {
    const local = await workspace().read('environments/local.yaml');
    await workspace().write(FILE, `${local}container: { environment: { FEED_PASSWORD: hunter2 } }\n${waivers}`);
  };

  afterAll(async () => {
    await workspace().delete(FILE);
    await workspace().delete('later.cjs');
  });

  it('R15.1 the command, Nx and cdktf refuse a violation', async () => {
    await forbidden();
    const refusals = [
      await refusal(run('npx nightshift synth -c forbidden')),
      await refusal(run('npx nightshift policy -c forbidden')),
      await refusal(run('npx nx run-many -t deploy -c forbidden')),
      await refusal(run('npx tsx apps/platform/src/main.ts', { ENVIRONMENT: 'forbidden' })),
    ];
    for (const { output } of refusals) {
      expect(output).toContain(RESOURCE);
      expect(output).toContain(RULE);
      expect(output).not.toContain('hunter2');
    }
  });

  it('R15.1 plan and deploy refuse a violation that synth --skip-policy wrote', async () => {
    await success(run('npx nightshift synth -c forbidden --skip-policy'));
    for (const verb of ['plan', 'deploy']) {
      expect((await refusal(run(`npx nightshift ${verb} network -c forbidden`))).output).toContain(RULE);
    }
  });

  it('R15.3 a waiver allows it until it expires, in spite of the Nx cache', async () => {
    // Not today, which may end during the test.
    const tomorrow = new Date(Date.now() + DAY_MILLISECONDS).toISOString().slice(0, 10);
    await forbidden(
      `waivers: [{ rule: ${RULE}, resource: ${RESOURCE}, reason: Tried, expires: '${tomorrow}', owner: Tests }]\n`,
    );
    await success(run('npx nx run platform:synth -c forbidden'));
    expect((await success(run('npx nx run platform:synth -c forbidden'))).output).toContain('[local cache]');
    await workspace().write('later.cjs', LATER);
    const later = { NODE_OPTIONS: `--require ${join(workspace().directory, 'later.cjs')}` };
    const { output } = await refusal(run('npx nx run platform:synth -c forbidden', later));
    expect(output).toContain('environments/forbidden.yaml: waivers[0]: waiver-expired');
  });

  it('R15.2 reach prints the network paths to the tasks', async () => {
    const { output } = await success(run('npx nightshift reach --from internet --to tasks -c local'));
    expect(output).toContain(
      'internet -> compute/LoadBalancer/Resource (tcp 80) -> compute/Service/Resource (tcp 8080)',
    );
    expect((await success(run('npx nightshift reach --from tasks --to internet -c local'))).output).toContain(
      'no path from tasks to internet',
    );
  });
}
