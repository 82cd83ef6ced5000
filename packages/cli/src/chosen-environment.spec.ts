import { rmSync } from 'node:fs';
import { chosenEnvironment } from './chosen-environment';
import { fakeWorkspace } from './testing/fake-workspace';

describe('the environment that is named', () => {
  const root = fakeWorkspace();
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('is read from its file', () => {
    expect(chosenEnvironment('plan', { configuration: 'local' }, { root, env: {} })).toMatchObject({
      name: 'local',
      suffix: 'local',
      cloud: 'local',
    });
  });

  it('is an ephemeral one where ENVIRONMENT_SUFFIX says so (R0.11)', () => {
    const env = { ENVIRONMENT_SUFFIX: 'pr-1' };
    expect(chosenEnvironment('plan', { configuration: 'preview' }, { root, env })).toMatchObject({
      name: 'preview',
      suffix: 'pr-1',
    });
  });

  it('has no suffix where that is empty', () => {
    const env = { ENVIRONMENT_SUFFIX: '' };
    expect(chosenEnvironment('plan', { configuration: 'dev' }, { root, env }).suffix).toBe('dev');
  });

  it('must be named', () => {
    expect(() => chosenEnvironment('plan', {}, { root, env: {} })).toThrow(
      'nightshift plan: no environment specified - use -c with one of dev, local, preview',
    );
  });
});
