import { UserError } from '@nightshift/errors';
import { nothingChanged } from './testing/fake-terraform';
import { StackVerbRun } from './testing/stack-verb-run';

import { deployOutput, redeployOutput } from './deploy-stack';
import { destroyOutput } from './destroy-stack';
import { driftOutput } from './drift-of-stack';
import { planOutput } from './plan-stack';
import { prepareOutput } from './prepare-stack';
import { outputsOutput, pushStateOutput, unlockOutput } from './stack-state';

const outputs = {
  plan: planOutput,
  prepare: prepareOutput,
  deploy: deployOutput,
  redeploy: redeployOutput,
  outputs: outputsOutput,
  drift: driftOutput,
  destroy: destroyOutput,
} as const;

describe('the JSON lines of verbs that run Terraform', () => {
  it.each(Object.keys(outputs) as (keyof typeof outputs)[])('describe each line of %s', async (name) => {
    const verb = new StackVerbRun();
    verb.terraform.summary = { ...nothingChanged, add: 1, hasChanges: true, outputs: { vpc_id: 'vpc-1' } };
    verb.terraform.whileRunning = (emit) => {
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
    for (const line of lines) outputs[name].parse(JSON.parse(line));
    expect(JSON.parse(String(lines.at(-1)))).toMatchObject({ type: 'result', verb: name });
  });

  it('have the same types for verbs on a state', () => {
    const types = (output: typeof unlockOutput) => output.options.map(({ shape }) => shape.type.value);
    expect(types(pushStateOutput)).toEqual(types(unlockOutput));
    expect(types(unlockOutput)).toContain('result');
  });

  it('describe the result of a failure', async () => {
    const verb = new StackVerbRun();
    verb.terraform.whileRunning = () => {
      throw new UserError({ where: 'network', what: 'broken', todo: 'repair it' });
    };
    const { stdout } = await verb.run('deploy network -c dev --json');
    verb.dispose();
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', exitCode: 1 });
  });
});
