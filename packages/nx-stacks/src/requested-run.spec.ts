import { describeProblem } from '@nightshift/errors';
import { checkRun, confirmRun, requestedRun } from './requested-run';
import { inWorkspace } from './testing/temporary-workspace';

const asked = (line: string) => requestedRun(line.split(' '));

describe('requestedRun', () => {
  it.each([
    'run network:deploy -c dev',
    'run network:deploy:dev',
    'run network:deploy --configuration=dev --parallel=2',
    'run network:deploy --configuration dev',
    'run-many -t deploy -c dev',
    'run-many -t plan,deploy -c=dev',
    'run-many --targets=drift -cdev',
    'run-many --target destroy -p network registry -c dev --during-window weekend',
    'run-many -t test -t deploy -c dev',
    'affected -t deploy -c dev',
    'deploy network -c dev',
    'run platform:synth -c dev',
  ])('nx %s is a run of stacks in dev', (line) => {
    expect(asked(line)).toMatchObject({
      concernsStacks: true,
      releases: false,
      configuration: 'dev',
      arguments: line.split(' '),
    });
  });

  it.each(['run compute:release -c dev --image 4f1c2e9', 'rollback compute -c dev'])('nx %s is a release', (line) => {
    expect(asked(line)).toMatchObject({ concernsStacks: true, releases: true, configuration: 'dev' });
  });

  it.each(['run-many -t test', 'run-many -t lint typecheck --parallel=2', 'run cli:test', 'show projects'])(
    'nx %s is not a run of stacks',
    (line) => {
      expect(asked(line)).toMatchObject({ concernsStacks: false, configuration: undefined });
    },
  );

  it('returns no stacks without a command', () => {
    expect(requestedRun([])).toMatchObject({ concernsStacks: false, projects: undefined });
  });

  it('detects a run without a configuration', () => {
    expect(asked('run-many -t deploy')).toMatchObject({ concernsStacks: true, configuration: undefined });
    expect(asked('run network:deploy -c')).toMatchObject({ concernsStacks: true, configuration: undefined });
  });

  it.each([
    ['run-many -t destroy -c dev', 'destroy'],
    ['run network:destroy:dev', 'destroy'],
    ['run-many -t destroy -c dev --yes', undefined],
    ['run-many -t destroy -c dev --json', 'destroy'],
    ['destroy network -c dev -y', undefined],
    ['run-many -t deploy -c dev', 'deploy'],
    ['run compute:redeploy -c dev', 'redeploy'],
    ['run-many -t deploy -c dev --yes', undefined],
    ['run compute:deploy -c dev --plan', undefined],
    ['run compute:deploy -c dev --json', undefined],
    ['run-many -t plan -c dev', undefined],
  ])('nx %s asks as %s', (line, asks) => {
    expect(asked(line)).toMatchObject({ asks });
  });

  it.each([
    ['run-many -t destroy -c dev', undefined],
    ['run-many -t destroy -p network,registry -c dev', ['network', 'registry']],
    ['run-many -t destroy --projects network compute -c dev', ['network', 'compute']],
    ["run-many -t destroy -p 'net*' -c dev", undefined],
    ['affected -t destroy -c dev', undefined],
    ['run network:destroy -c dev', ['network']],
    ['destroy network -c dev', ['network']],
    ['destroy -c dev', undefined],
  ])('nx %s selects the projects %j', (line, projects) => {
    expect(asked(line)).toMatchObject({ projects });
  });
});

const COMMAND = 'packages/cli/bin/nightshift.mjs';

describe('the confirmation of a run', () => {
  const all = { configuration: 'dev', projects: undefined };

  it.each(['destroy', 'deploy', 'redeploy'] as const)('%s is asked by the command, for the selected stacks', (verb) => {
    const run = jest.fn(() => 0);
    expect(confirmRun(verb, { configuration: 'dev', projects: ['a', 'b'] }, '/ws', true, run)).toBeUndefined();
    expect(run).toHaveBeenCalledWith([COMMAND, verb, '-c', 'dev', '--ask-for=a,b'], '/ws');
  });

  it('is asked for all stacks without a selection', () => {
    const run = jest.fn(() => 0);
    expect(confirmRun('destroy', all, '/ws', true, run)).toBeUndefined();
    expect(run).toHaveBeenCalledWith([COMMAND, 'destroy', '-c', 'dev', '--ask-for'], '/ws');
  });

  it('is not asked without a terminal: destroy is refused, and deploy is not', () => {
    const run = jest.fn(() => 0);
    const what = 'confirmation required, but there is no terminal';
    expect(confirmRun('destroy', all, '/ws', false, run)).toEqual({ where: 'nx destroy', what, todo: 'add --yes' });
    expect(confirmRun('deploy', all, '/ws', false, run)).toBeUndefined();
    expect(run).not.toHaveBeenCalled();
  });

  it('ends if the command was interrupted', () => {
    expect(confirmRun('deploy', all, '/ws', true, () => 130)).toBe('interrupted');
  });

  it.each([
    ['destroy', 1, 'process.exitCode = 1', 'nothing was destroyed'],
    ['deploy', 1, 'process.exitCode = 1', 'nothing was changed'],
    ['destroy', 0, 'process.exitCode = process.argv.slice(2).join(" ") === "destroy -c dev --ask-for" ? 0 : 1', ''],
  ] as const)('has the exit code of the command: %s %s', async (verb, code, text, what) => {
    await inWorkspace({ [COMMAND]: text }, (root) => {
      const refusal = confirmRun(verb, all, root, true);
      expect(refusal).toEqual(code === 0 ? undefined : { where: `nx ${verb}`, what, todo: 'see the message above' });
    });
  });
});

const files = { 'environments/dev.yaml': '', 'environments/prod.yaml': '', 'environments/UPPER.yaml': '' };

const messageFor = async (parts: Partial<Parameters<typeof checkRun>[0]>, env = {}) => {
  const run = { configuration: 'dev', arguments: [], ...parts };
  const problem = await inWorkspace(files, (workspaceRoot) => checkRun(run, workspaceRoot, env));
  return problem && describeProblem(problem);
};

describe('the checks of a run', () => {
  it('refuse a run without an environment', async () => {
    expect(await messageFor({ configuration: undefined })).toBe(
      'nx: no environment is named - add -c and one of dev, prod',
    );
  });

  it('refuse an environment without a file: Nx would run without a configuration', async () => {
    expect(await messageFor({ configuration: 'nope' })).toBe(
      'environments/nope.yaml: does not exist - use one of dev, prod, or add a file with the extension .yaml',
    );
  });

  it('refuse an environment whose file has an invalid name', async () => {
    expect(await messageFor({ configuration: 'UPPER' })).toBe(
      'environments/UPPER.yaml: is not a valid environment name, got "UPPER" - rename it, for example to upper.yaml: lower-case letters and digits, in groups joined by single hyphens',
    );
  });

  it('refuse an argument with shell syntax', async () => {
    expect(await messageFor({ arguments: ['run', '--during-window=$(reboot)'] })).toBe(
      'nx: an argument has characters that Nx passes to a shell, got --during-window=$(reboot) - leave out quotes, $, \\ and backticks, or run the command itself: npx nightshift <verb> <stack> -c dev',
    );
  });

  it('include the suffix of an ephemeral environment in the suggested command', async () => {
    const request = { configuration: 'preview', arguments: ['a=$b'] };
    const problem = await inWorkspace({ 'environments/preview.yaml': '' }, (workspaceRoot) =>
      checkRun(request, workspaceRoot, { ENVIRONMENT_SUFFIX: 'pr-123' }),
    );
    expect(problem?.todo).toContain('ENVIRONMENT_SUFFIX=pr-123 npx nightshift <verb> <stack> -c preview');
  });

  it('accept other runs', async () => {
    expect(await messageFor({ arguments: ['run', 'network:deploy', '-c', 'dev', '--json'] })).toBeUndefined();
  });
});
