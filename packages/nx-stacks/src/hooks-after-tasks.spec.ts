import { existsSync, writeFileSync } from 'node:fs';
import { afterTasks } from './hooks';
import { exitCodeFile, stopAtOnceFile } from './stop';
import { inWorkspace } from './testing/temporary-workspace';

describe('the hook after the tasks', () => {
  type Ended = readonly [project: string, target: string, status: string];

  const record = (verb: string) => ({
    runId: 'after-42',
    verb,
    status: 'succeeded',
    add: 5,
    change: 0,
    remove: 0,
    seconds: 2,
    problems: [],
  });

  interface Given {
    readonly ended: readonly Ended[];
    readonly files?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
    /** The arguments of `nx`. */
    readonly line?: string;
  }

  /** The output of the hook, and the exit code of Nx. */
  async function after({ ended, files = {}, env = {}, line = '' }: Given) {
    const host = { write: jest.fn(), exit: jest.fn(), env };
    const taskResults = Object.fromEntries(
      ended.map(([project, target, status]) => [
        `${project}:${target}`,
        { task: { target: { project, target, configuration: 'dev' } }, status },
      ]),
    );
    await inWorkspace(files, (workspaceRoot) => {
      const times = { startTime: 1000, endTime: 3500, argv: ['node', 'nx', ...line.split(' ')] };
      afterTasks(undefined, { id: 'after-42', workspaceRoot, taskResults, ...times } as never, host as never);
    });
    return { printed: host.write.mock.calls.flat().join(''), exits: host.exit.mock.calls };
  }

  it('prints a summary of a run of several stacks', async () => {
    const { printed, exits } = await after({
      ended: [
        ['platform', 'synth', 'success'],
        ['network', 'deploy', 'success'],
        ['registry', 'deploy', 'success'],
      ],
      files: { 'cdktf.out/dev/stacks/network/run.json': record('deploy') },
    });
    expect(printed).toBe(`
deploy dev: 2 stacks in 2.5 s

stack     result     added  changed  destroyed  seconds
network   succeeded      5        0          0      2.0
registry  succeeded      -        -          -        -
`);
    expect(exits).toEqual([]);
  });

  it.each([
    ['deploy', 'succeeded (5 prepared) '],
    ['plan', 'succeeded  '],
  ])('shows the resources that were prepared in the same run, after %s', async (verb, result) => {
    const { printed } = await after({
      ended: [
        ['network', 'prepare', 'success'],
        ['network', verb, 'success'],
        ['registry', verb, 'success'],
      ],
      files: {
        'cdktf.out/dev/stacks/network/prepare.json': record('prepare'),
        'cdktf.out/dev/stacks/network/run.json': record(verb),
      },
    });
    expect(printed).toContain(`\nnetwork   ${result}`);
  });

  it('prints a summary of a single stack after Ctrl-C, which ends the output of the stack', async () => {
    const problems = ['network: interrupted', '2 more changes were in progress'];
    const { printed } = await after({
      ended: [['network', 'deploy', 'stopped']],
      files: { 'cdktf.out/dev/stacks/network/run.json': { ...record('deploy'), status: 'interrupted', problems } },
      line: 'run network:deploy -c dev',
    });
    expect(printed).toBe(`
deploy dev: 1 stack in 2.5 s

stack    result       added  changed  destroyed  seconds
network  interrupted      5        0          0      2.0

network: interrupted
network: 2 more changes were in progress
`);
  });

  describe('if some tasks did not start', () => {
    const files = {
      'cdktf.out/dev/manifest.json': { stacks: { registry: {}, network: {}, compute: {} } },
      'cdktf.out/dev/stacks/network/run.json': { ...record('deploy'), status: 'interrupted' },
    };

    it('shows their stacks too', async () => {
      const ended: Ended[] = [['network', 'deploy', 'stopped']];
      const { printed } = await after({ ended, files, line: 'run-many -t deploy -c dev' });
      expect(printed).toBe(`
deploy dev: 3 stacks in 2.5 s

stack     result       added  changed  destroyed  seconds
network   interrupted      5        0          0      2.0
registry  not started      -        -          -        -
compute   not started      -        -          -        -
`);
    });

    it.each([
      ['run compute:deploy -c dev', ['network', 'compute']],
      ['run-many -t deploy -p compute,cli -c dev', ['network', 'compute']],
      ['run network:deploy -c dev', []],
      ['run-many -t deploy -p c* -c dev', []],
      ['run-many -t deploy --exclude=registry -c dev', []],
      ['affected -t deploy -c dev', []],
    ])('for %s, the table has %j', async (line, stacks) => {
      const { printed } = await after({ ended: [['network', 'deploy', 'failure']], files, line });
      expect(printed.match(/^\w+(?= +(?:interrupted|not started) )/gm) ?? []).toEqual(stacks);
    });
  });

  it('finds the records of an ephemeral environment', async () => {
    const { printed } = await after({
      ended: [
        ['network', 'destroy', 'success'],
        ['registry', 'destroy', 'success'],
      ],
      files: { 'cdktf.out/pr-123/stacks/network/run.json': record('destroy') },
      env: { ENVIRONMENT_SUFFIX: 'pr-123' },
    });
    expect(printed).toContain('destroy pr-123: 2 stacks in 2.5 s');
    expect(printed).toMatch(/^network +succeeded +5 /m);
  });

  it('prints nothing after a run of one stack, of verbs that only read, or of other targets', async () => {
    const single = await after({ ended: [['network', 'deploy', 'success']] });
    const reading = await after({
      ended: [
        ['network', 'outputs', 'success'],
        ['registry', 'outputs', 'success'],
      ],
    });
    const others = await after({
      ended: [
        ['cli', 'test', 'success'],
        ['config', 'test', 'success'],
      ],
    });
    expect([single, reading, others]).toEqual(Array(3).fill({ printed: '', exits: [] }));
  });

  it('exits with 1 after a failure; Nx exits with 130 if it skipped other tasks', async () => {
    const { exits } = await after({ ended: [['network', 'deploy', 'failure']] });
    const { exits: withoutStacks } = await after({ ended: [['platform', 'synth', 'failure']] });
    expect([exits, withoutStacks]).toEqual([[[1]], [[1]]]);
  });

  it('does not change the exit code of an interrupted run', async () => {
    const { printed, exits } = await after({
      ended: [
        ['network', 'deploy', 'failure'],
        ['registry', 'deploy', 'stopped'],
      ],
    });
    expect(printed).toMatch(/^network +failed +-/m);
    expect(printed).toMatch(/^registry +interrupted +-/m);
    expect(exits).toEqual([]);
  });

  it.each(['failure', 'stopped'])('exits with the exit code of the release: %s (R10.5)', async (status) => {
    writeFileSync(exitCodeFile('after-42'), '12');
    expect((await after({ ended: [['compute', 'release', status]] })).exits).toEqual([[12]]);
  });

  it('exits with 2 if a stack has changes and no task failed', async () => {
    writeFileSync(exitCodeFile('after-42'), '2');
    const ended = (status: string): Ended[] => [
      ['network', 'drift', 'success'],
      ['compute', 'drift', status],
    ];
    const found = { ...record('drift'), drift: '1 resource differs from the deployed configuration' };
    const files = { 'cdktf.out/dev/stacks/compute/drift.json': found };
    const { printed, exits } = await after({ ended: ended('success'), files });
    expect(exits).toEqual([[2]]);
    expect(printed).toContain(`
stack    result
network  succeeded
compute  1 resource differs from the deployed configuration
`);
    writeFileSync(exitCodeFile('after-42'), '2');
    expect((await after({ ended: ended('failure') })).exits).toEqual([[1]]);
  });

  it('exits with 0 after a release that succeeded, and with 1 after one that did not end', async () => {
    writeFileSync(exitCodeFile('after-42'), '0');
    expect((await after({ ended: [['compute', 'rollback', 'success']] })).exits).toEqual([]);
    expect((await after({ ended: [['compute', 'rollback', 'failure']] })).exits).toEqual([[1]]);
  });

  it('prints nothing if no task ran', () => {
    const times = { startTime: 0, endTime: 0 };
    const write = jest.spyOn(process.stdout, 'write');
    afterTasks(undefined, {
      id: '1',
      workspaceRoot: '/',
      nxJsonConfiguration: {},
      taskResults: {},
      argv: [],
      ...times,
    });
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  });

  it('removes the request to stop immediately', async () => {
    writeFileSync(stopAtOnceFile('after-42'), '');
    await after({ ended: [['network', 'deploy', 'stopped']] });
    expect(existsSync(stopAtOnceFile('after-42'))).toBe(false);
  });
});
