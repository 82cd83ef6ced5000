import { checkRun } from './check-run';
import type { RequestedRun } from './requested-run';
import { describeProblem } from '@nightshift/errors';
import { inWorkspace } from './testing/temporary-workspace';

const run = (parts: Partial<RequestedRun>): RequestedRun => ({
  concernsStacks: true,
  releases: false,
  needsConfirmation: false,
  projects: undefined,
  configuration: 'dev',
  arguments: [],
  ...parts,
});
const files = { 'environments/dev.yaml': '', 'environments/prod.yaml': '', 'environments/UPPER.yaml': '' };
const messageFor = async (parts: Partial<RequestedRun>) => {
  const problem = await inWorkspace(files, (workspaceRoot) => checkRun(run(parts), workspaceRoot));
  return problem && describeProblem(problem);
};

describe('the check of a run', () => {
  it('objects to no environment', async () => {
    expect(await messageFor({ configuration: undefined })).toBe(
      'nx: no environment is named - add -c and one of dev, prod',
    );
  });

  it('objects to an environment that has no file: Nx would run without a configuration', async () => {
    expect(await messageFor({ configuration: 'nope' })).toBe(
      'environments: has no file for this environment, got "nope" - use one of dev, prod, or add a file whose name ends in .yaml',
    );
  });

  it('objects to an environment whose file has a name that is not allowed', async () => {
    expect(await messageFor({ configuration: 'UPPER' })).toBe(
      'environments/UPPER.yaml: is not a name that an environment can have, got "UPPER" - rename it, for example to upper.yaml: lower-case letters and digits, in groups joined by single hyphens',
    );
  });

  it('objects to an argument that a shell would read as more than itself', async () => {
    expect(await messageFor({ arguments: ['run', '--during-window=$(reboot)'] })).toBe(
      'nx: an argument has characters that Nx would hand to a shell, got --during-window=$(reboot) - leave out quotes, $, \\ and backticks, or run the command itself: npx nightshift <verb> <stack> -c dev',
    );
  });

  it('has nothing to object to otherwise', async () => {
    expect(await messageFor({ arguments: ['run', 'network:deploy', '-c', 'dev', '--json'] })).toBeUndefined();
  });
});
