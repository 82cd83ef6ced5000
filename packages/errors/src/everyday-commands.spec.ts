import { everydayCommands } from './everyday-commands';

describe('everydayCommands', () => {
  it('contain the configuration of the environment', () => {
    const commands = everydayCommands({ name: 'dev', suffix: 'dev' });
    expect(commands.nightshift('bootstrap')).toBe('npx nightshift bootstrap -c dev');
    expect(commands.nx('deploy')).toBe('npx nx run-many -t deploy -c dev');
    expect(commands.nxRun('network', 'deploy')).toBe('npx nx run network:deploy -c dev');
  });

  it('contain the suffix of an ephemeral environment', () => {
    const commands = everydayCommands({ name: 'preview', suffix: 'pr-123' });
    expect(commands.nightshift('doctor')).toBe('ENVIRONMENT_SUFFIX=pr-123 npx nightshift doctor -c preview');
    expect(commands.nxRun('network', 'plan')).toBe('ENVIRONMENT_SUFFIX=pr-123 npx nx run network:plan -c preview');
    expect(commands.nx('destroy')).toBe('ENVIRONMENT_SUFFIX=pr-123 npx nx run-many -t destroy -c preview');
  });
});
