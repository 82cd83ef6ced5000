import { requestedRun } from './requested-run';

const asked = (line: string) => requestedRun(line.split(' '));

describe('what the command line asks for', () => {
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
  ])('nx %s concerns stacks in dev', (line) => {
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
    'nx %s does not',
    (line) => {
      expect(asked(line)).toMatchObject({ concernsStacks: false, configuration: undefined });
    },
  );

  it('sees that no configuration is named', () => {
    expect(asked('run-many -t deploy')).toMatchObject({ concernsStacks: true, configuration: undefined });
    expect(asked('run network:deploy -c')).toMatchObject({ concernsStacks: true, configuration: undefined });
  });

  it.each([
    ['run-many -t destroy -c dev', true],
    ['run network:destroy:dev', true],
    ['run-many -t destroy -c dev --yes', false],
    ['destroy network -c dev -y', false],
    ['run-many -t deploy -c dev', false],
  ])('nx %s needs a confirmation: %s', (line, needsConfirmation) => {
    expect(asked(line)).toMatchObject({ needsConfirmation });
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
  ])('nx %s names the projects %j', (line, projects) => {
    expect(asked(line)).toMatchObject({ projects });
  });
});
