import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { stackLine, stackLineSchema } from './stack-line';
import { nothingChanged } from './testing/fake-terraform';
import { StackVerbRun } from './testing/stack-verb-run';

const committed = () => readFileSync(join(__dirname, '../schema/stack-line.json'), 'utf8');

describe('schema/stack-line.json', () => {
  it('is what the lines are; if not, run: npm run schema -w packages/stack-run', () => {
    expect(committed()).toBe(`${JSON.stringify(stackLineSchema(), null, 2)}\n`);
  });

  it('lets new fields in, as readers must', () => {
    expect(committed()).not.toContain('"additionalProperties": false');
  });

  it.each(['plan', 'prepare', 'deploy', 'redeploy', 'outputs', 'drift', 'destroy'])(
    'describes each line of %s',
    async (name) => {
      const verb = new StackVerbRun();
      verb.terraform.summary = { ...nothingChanged, add: 1, hasChanges: true, outputs: { vpc_id: 'vpc-1' } };
      verb.terraform.meanwhile = (emit) => {
        const one = { address: 'aws_vpc.Vpc_1A', action: 'create' } as const;
        emit({ type: 'phase', phase: 'plan' });
        emit({ type: 'planned', ...one });
        emit({ type: 'drift', ...one });
        emit({ type: 'resource', status: 'done', elapsedSeconds: 1, ...one });
        emit({ type: 'diagnostic', severity: 'warning', summary: 'Deprecated', detail: '' });
        emit({ type: 'summary', operation: 'plan', add: 1, change: 0, remove: 0 });
      };
      const yes = name === 'destroy' ? ' --yes --ignore-dependents' : '';
      const { stdout } = await verb.run(`${name} network -c dev --json${yes}`);
      verb.dispose();
      const lines = stdout.trim().split('\n');
      for (const line of lines) stackLine.parse(JSON.parse(line));
      expect(JSON.parse(String(lines.at(-1)))).toMatchObject({ type: 'result', verb: name });
    },
  );

  it('describes the result of a failure', async () => {
    const verb = new StackVerbRun();
    verb.terraform.meanwhile = () => {
      throw new UserError({ where: 'network', what: 'broken', todo: 'repair it' });
    };
    const { stdout } = await verb.run('deploy network -c dev --json');
    verb.dispose();
    expect(stackLine.parse(JSON.parse(stdout))).toMatchObject({ status: 'failed', exitCode: 1 });
  });
});
