import { checkRun } from './check-run';
import type { RequestedRun } from './requested-run';
import { describeProblem } from '@nightshift/errors';

const run = (parts: Partial<RequestedRun>): RequestedRun => ({
  concernsStacks: true,
  releases: false,
  needsConfirmation: false,
  projects: undefined,
  configuration: 'dev',
  arguments: [],
  ...parts,
});
const environments = ['dev', 'prod'];
const messageFor = (parts: Partial<RequestedRun>) => {
  const problem = checkRun(run(parts), environments);
  return problem && describeProblem(problem);
};

describe('the check of a run', () => {
  it('objects to no environment', () => {
    expect(messageFor({ configuration: undefined })).toBe('nx: no environment is named - add -c and one of dev, prod');
  });

  it('objects to an environment that has no file: Nx would run without a configuration', () => {
    expect(messageFor({ configuration: 'nope' })).toBe(
      'nx: environments/ has no file for this environment, got nope - use one of dev, prod',
    );
  });

  it('objects to an argument that a shell would read as more than itself', () => {
    expect(messageFor({ arguments: ['run', '--during-window=$(reboot)'] })).toBe(
      'nx: an argument has characters that Nx would hand to a shell, got --during-window=$(reboot) - leave out quotes, $, \\ and backticks, or run the command itself: npx nightshift <verb> <stack> -c dev',
    );
  });

  it('has nothing to object to otherwise', () => {
    expect(messageFor({ arguments: ['run', 'network:deploy', '-c', 'dev', '--json'] })).toBeUndefined();
  });
});
