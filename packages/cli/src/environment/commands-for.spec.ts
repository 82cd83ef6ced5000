import { commandsFor } from './commands-for';

describe('the commands that messages suggest', () => {
  it('name the environment by its file', () => {
    expect(commandsFor({ name: 'dev', suffix: 'dev' }).target('network', 'deploy')).toBe(
      'npx nx run network:deploy -c dev',
    );
  });

  it('name an ephemeral environment by its suffix too', () => {
    expect(commandsFor({ name: 'preview', suffix: 'pr-1' }).target('network', 'deploy')).toBe(
      'ENVIRONMENT_SUFFIX=pr-1 npx nx run network:deploy -c preview',
    );
  });
});
