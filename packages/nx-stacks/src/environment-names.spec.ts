import { environmentNames } from './environment-names';
import { inWorkspace } from './testing/temporary-workspace';

describe('environment names (R0.11)', () => {
  it('are the names of the YAML files, sorted', async () => {
    const files = { 'environments/prod.yaml': '', 'environments/dev.yaml': '', 'environments/schema.json': {} };
    expect(await inWorkspace(files, environmentNames)).toEqual(['dev', 'prod']);
  });

  it('leave out a file whose name would need quotes in a command line', async () => {
    expect(
      await inWorkspace(
        { 'environments/$(reboot).yaml': '', 'environments/a b.yaml': '', 'environments/UPPER.yaml': '' },
        environmentNames,
      ),
    ).toEqual([]);
  });

  it('are none where there is no directory', async () => {
    expect(await inWorkspace({}, environmentNames)).toEqual([]);
  });
});
