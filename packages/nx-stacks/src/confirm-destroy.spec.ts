import { confirmDestroy } from './confirm-destroy';
import { inWorkspace } from './testing/temporary-workspace';

const COMMAND = 'packages/cli/bin/nightshift.mjs';

describe('the confirmation of a run that destroys', () => {
  it('is asked for by the command, for the stacks that are named', () => {
    const run = jest.fn(() => 0);
    expect(confirmDestroy({ configuration: 'dev', projects: ['a', 'b'] }, '/ws', true, run)).toBeUndefined();
    expect(run).toHaveBeenCalledWith([COMMAND, 'destroy', '-c', 'dev', '--ask-for=a,b'], '/ws');
  });

  it('is asked for all stacks where none is named', () => {
    const run = jest.fn(() => 0);
    expect(confirmDestroy({ configuration: 'dev', projects: undefined }, '/ws', true, run)).toBeUndefined();
    expect(run).toHaveBeenCalledWith([COMMAND, 'destroy', '-c', 'dev', '--ask-for'], '/ws');
  });

  it.each([
    [1, 'process.exitCode = 1'],
    [0, 'process.exitCode = process.argv.slice(2).join(" ") === "destroy -c dev --ask-for" ? 0 : 1'],
  ])('ends as the command ends: %s', async (code, text) => {
    await inWorkspace({ [COMMAND]: text }, (root) => {
      const refusal = confirmDestroy({ configuration: 'dev', projects: undefined }, root, true);
      const nothing = { where: 'nx destroy', what: 'nothing was destroyed', todo: 'see the message above' };
      expect(refusal).toEqual(code === 0 ? undefined : nothing);
    });
  });
});
