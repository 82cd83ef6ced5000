import { join } from 'node:path';
import { readRunFile, summary, type SummaryRow } from './summary';
import { inWorkspace } from './testing/temporary-workspace';

type Run = NonNullable<SummaryRow['run']>;

const run = (parts: Partial<Run>): Run => ({
  status: 'succeeded',
  add: 0,
  change: 0,
  remove: 0,
  seconds: 0,
  problems: [],
  ...parts,
});

describe('the summary of a run', () => {
  it('has one row per stack', () => {
    const text = summary({
      verb: 'deploy',
      environment: 'dev',
      milliseconds: 91_240,
      rows: [
        { stack: 'network', result: 'succeeded', run: run({ add: 58, seconds: 16.2 }) },
        { stack: 'registry', result: 'succeeded', run: run({ add: 9, change: 1, remove: 2, seconds: 7 }) },
      ],
    });
    expect(text).toBe(
      `deploy dev: 2 stacks in 1 min 31 s

stack     result     added  changed  destroyed  seconds
network   succeeded     58        0          0     16.2
registry  succeeded      9        1          2      7.0
`,
    );
  });

  it('shows which stacks were up to date', () => {
    const rows = [
      {
        stack: 'network',
        result: 'succeeded',
        run: run({
          upToDate: { since: '2026-11-30T16:00:00.000Z', by: 'arn:aws:iam::123456789012:user/ci' },
          seconds: 0.4,
        }),
      },
    ];
    const text = summary({ verb: 'deploy', environment: 'dev', milliseconds: 1000, rows });
    expect(text).toContain('network  up to date      0        0          0      0.4\n');
  });

  it('shows a failure of a stack that is up to date but has no healthy task', () => {
    const upToDate = { since: '2026-11-30T16:00:00.000Z', by: 'arn:aws:iam::123456789012:user/ci' };
    const rows = [
      { stack: 'compute', result: 'failed', run: run({ upToDate, status: 'failed', problems: ['no healthy task'] }) },
    ];
    const text = summary({ verb: 'deploy', environment: 'dev', milliseconds: 1000, rows });
    expect(text).toContain('compute  failed ');
    expect(text).toContain('\ncompute: no healthy task\n');
  });

  it('shows the endpoint of the calls if it was not AWS', () => {
    const endpoint = 'http://127.0.0.1:5000 (AWS_ENDPOINT_URL)';
    const text = summary({
      verb: 'deploy',
      environment: 'dev',
      milliseconds: 1000,
      rows: ['network', 'registry'].map((stack) => ({ stack, result: 'succeeded', run: run({ endpoint }) })),
    });
    expect(text).toContain(`     0.0\n\nAWS calls went to ${endpoint}\n`);
  });

  it('repeats why stacks failed, and shows the stacks that were not reached', () => {
    const problem = 'aws_vpc.Vpc (network/Vpc/Resource): the limit of VPCs is reached - ask for a higher one';
    const text = summary({
      verb: 'deploy',
      environment: 'dev',
      milliseconds: 221_000,
      rows: [
        {
          stack: 'network',
          result: 'failed',
          run: run({ status: 'failed', add: 3, seconds: 9.94, problems: [problem] }),
        },
        { stack: 'registry', result: 'failed' },
      ],
    });
    expect(text).toBe(
      `deploy dev: 2 stacks in 3 min 41 s

stack     result  added  changed  destroyed  seconds
network   failed      3        0          0      9.9
registry  failed      -        -          -        -

network: ${problem}
`,
    );
  });

  it('explains a problem that stacks share once', () => {
    const problems = ['environments/dev.yaml: cloud: the environment is in AWS, but AWS_ENDPOINT_URL is set'];
    const rows = ['network', 'registry'].map((stack) => ({ stack, result: 'failed', run: run({ problems }) }));
    const text = summary({ verb: 'plan', environment: 'dev', milliseconds: 0, rows });
    expect(text).toContain(
      '     0.0\n\nnetwork, registry: environments/dev.yaml: cloud: the environment is in AWS, but AWS_ENDPOINT_URL is set\n',
    );
  });

  it('explains once a problem that begins with the name of each stack', () => {
    const credentials = 'no AWS credentials, got credentials that AWS does not accept - sign in';
    const rows = ['registry', 'network'].map((stack) => ({
      stack,
      result: 'failed',
      run: run({ problems: [`${stack}: ${credentials}`, `${stack}: only here in ${stack}`] }),
    }));
    const text = summary({ verb: 'plan', environment: 'dev', milliseconds: 0, rows });
    expect(text).toContain(
      `     0.0\n\nregistry, network: ${credentials}\nregistry: only here in registry\nnetwork: only here in network\n`,
    );
  });

  it('repeats that a release is needed, which would be lost amid the output of the stacks', () => {
    const command = 'npx nx run compute:release -c dev';
    const release = [
      { need: 'a release is needed', command, reasons: ['environment LOG_LEVEL: info → debug', 'cpu: 256 → 512'] },
    ];
    const problem = 'AWS does not allow it';
    const rows = [
      { stack: 'compute', result: 'succeeded', run: run({ release }) },
      { stack: 'network', result: 'succeeded', run: run({ release: [{ need: 'not known', problem }] }) },
      { stack: 'registry', result: 'succeeded', run: run({ release: [{ need: 'replace it', command: 'npx x' }] }) },
    ];
    const text = summary({ verb: 'deploy', environment: 'dev', milliseconds: 0, rows });
    expect(text).toContain(`     0.0

compute: a release is needed: npx nx run compute:release -c dev
  environment LOG_LEVEL: info → debug
  cpu: 256 → 512
network: cannot determine whether a release is needed: AWS does not allow it
registry: replace it: npx x
`);
  });

  it('shows how many resources were prepared before', () => {
    const rows = [
      { stack: 'observability', result: 'succeeded', run: run({ add: 23, seconds: 1.4 }), prepared: 4 },
      { stack: 'network', result: 'succeeded', run: run({}), prepared: 0 },
    ];
    const text = summary({ verb: 'deploy', environment: 'dev', milliseconds: 0, rows });
    expect(text).toContain(`
stack          result                  added  changed  destroyed  seconds
observability  succeeded (4 prepared)     23        0          0      1.4
network        succeeded                   0        0          0      0.0
`);
  });

  it('does not name a stack twice', () => {
    const problems = ['network: interrupted - run the same command again'];
    const rows = [{ stack: 'network', result: 'interrupted', run: run({ status: 'interrupted', problems }) }];
    const lines = summary({ verb: 'deploy', environment: 'dev', milliseconds: 0, rows }).split('\n');
    expect(lines).toContain('network: interrupted - run the same command again');
  });

  it('uses the future tense after a plan', () => {
    const rows = [{ stack: 'network', result: 'succeeded', run: run({ add: 2 }) }];
    const [, , header] = summary({ verb: 'plan', environment: 'dev', milliseconds: 0, rows }).split('\n');
    expect(header).toBe('stack    result     to add  to change  to destroy  seconds');
  });

  it('shows what drift found', () => {
    const rows = [
      { stack: 'network', result: 'succeeded', run: run({ drift: 'no drift' }) },
      { stack: 'compute', result: 'failed', run: run({ status: 'failed', problems: ['compute: broken - repair it'] }) },
      { stack: 'registry', result: 'not started' },
    ];
    expect(summary({ verb: 'drift', environment: 'dev', milliseconds: 2000, rows })).toBe(`drift dev: 3 stacks in 2.0 s

stack     result
network   no drift
compute   failed
registry  not started

compute: broken - repair it
`);
  });

  it('shows no counts of a plan that was interrupted or failed', () => {
    const rows = (['interrupted', 'failed'] as const).map((status) => ({
      stack: 'network',
      result: status,
      run: run({ status, seconds: 2 }),
    }));
    expect(summary({ verb: 'plan', environment: 'dev', milliseconds: 0, rows })).toContain(`
stack    result       to add  to change  to destroy  seconds
network  interrupted       -          -           -      2.0
network  failed            -          -           -      2.0
`);
  });
});

const file = {
  runId: '42',
  verb: 'deploy',
  status: 'succeeded',
  add: 1,
  change: 0,
  remove: 0,
  seconds: 1,
  problems: [],
};

const read = (ask: { runId: string; verb: string }) =>
  inWorkspace({ 'run.json': file }, (root) => readRunFile(join(root, 'run.json'), ask));

describe('the record of a run', () => {
  it('is read', async () => {
    expect(await read({ runId: '42', verb: 'deploy' })).toEqual(file);
  });

  it('is ignored if it is of another run or verb', async () => {
    expect(await read({ runId: '41', verb: 'deploy' })).toBeUndefined();
    expect(await read({ runId: '42', verb: 'plan' })).toBeUndefined();
  });

  it('can be missing', () => {
    expect(readRunFile('/nowhere/run.json', { runId: '42', verb: 'deploy' })).toBeUndefined();
  });
});
