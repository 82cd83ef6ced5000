import { stackForMessages } from './testing/failure-context';
import { userCommands } from './user-commands';

describe('userCommands', () => {
  it('names the commands for an environment with a file', () => {
    const commands = userCommands({ stack: stackForMessages(), configuration: 'dev' });
    expect(commands.target('network', 'deploy')).toBe('npx nx run network:deploy -c dev');
    expect(commands.bootstrap).toBe('npx nightshift bootstrap -c dev');
    expect(commands.forceUnlock('1a2b')).toBe('npx nightshift unlock compute 1a2b -c dev');
    expect(commands.saveState).toBe('npx nightshift push-state compute -c dev');
  });

  it('names the suffix of an environment without a file', () => {
    const commands = userCommands({ stack: stackForMessages({ suffix: 'pr-123' }), configuration: 'preview' });
    expect(commands.target('network', 'deploy')).toBe('ENVIRONMENT_SUFFIX=pr-123 npx nx run network:deploy -c preview');
    expect(commands.bootstrap).toBe('ENVIRONMENT_SUFFIX=pr-123 npx nightshift bootstrap -c preview');
    expect(commands.saveState).toBe('ENVIRONMENT_SUFFIX=pr-123 npx nightshift push-state compute -c preview');
    expect(commands.forceUnlock('1')).toBe('ENVIRONMENT_SUFFIX=pr-123 npx nightshift unlock compute 1 -c preview');
  });
});
