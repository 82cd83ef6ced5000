import { answerEarly } from './early-answer';
import { requestedRun } from './requested-run';

describe('the response of the plugin before Nx starts', () => {
  function answer(line: string, status: number | null = 0) {
    const written: string[] = [];
    const programs: string[] = [];
    let exitCode: number | undefined;
    answerEarly(
      requestedRun(line.split(' ')),
      {
        workspaceRoot: '/workspace',
        projects: ['network', 'compute', 'platform', 'cli'],
        stacks: ['network', 'compute'],
      },
      {
        stderr: { write: (text: string) => written.push(text) },
        exit: (code: number) => (exitCode = code),
      } as never,
      (command, cwd) => {
        programs.push(`${cwd}: ${command.join(' ')}`);
        return status;
      },
    );
    return { text: written.join(''), programs, exitCode };
  }

  it.each([
    ['run compute:rollbak -c dev', 'target not found, got rollbak - did you mean rollback?'],
    ['compute:deplyo -c dev', 'target not found, got deplyo - did you mean deploy?'],
    ['deplyo compute -c dev', 'target not found, got deplyo - did you mean deploy?'],
    ['run-many -t deplo -c dev', 'target not found, got deplo - did you mean deploy?'],
    ['run-many --targets test,plam -c dev', 'target not found, got plam - did you mean plan?'],
    ['run netwrok:deploy -c dev', 'project not found, got netwrok - did you mean network?'],
    ['run-many -t deploy -p netwrok,compute -c dev', 'project not found, got netwrok - did you mean network?'],
  ])('corrects nx %s', (line, message) => {
    expect(answer(line)).toEqual({ text: `error nx: ${message}\n`, programs: [], exitCode: 1 });
  });

  it.each([
    'run compute:deploy -c dev',
    'run-many -t deploy -c dev',
    'run-many -t test lint',
    'run cli:test --help',
    'run-many --help',
    'show project compute',
    'reset',
    'run cly:test',
    'run elsewhere:deploy',
  ])('leaves nx %s to Nx', (line) => {
    expect(answer(line)).toEqual({ text: '', programs: [], exitCode: undefined });
  });

  it.each([
    ['run compute:rollback --help', 'rollback'],
    ['deploy network -h', 'deploy'],
  ])('prints the help of the command for nx %s', (line, verb) => {
    const programs = [`/workspace: packages/cli/bin/nightshift.mjs ${verb} --help`];
    expect(answer(line)).toEqual({ text: '', programs, exitCode: 0 });
    expect(answer(line, null)).toMatchObject({ exitCode: 1 });
  });
});
