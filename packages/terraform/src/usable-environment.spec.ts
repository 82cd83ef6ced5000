import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from './testing/temporary-directory';
import { usableEnvironment } from './usable-environment';

describe('usableEnvironment', () => {
  const directory = temporaryDirectory();

  it('leaves out a CLI configuration that does not exist, and says so', async () => {
    const file = join(directory(), '.terraformrc');
    expect(await usableEnvironment({ TF_CLI_CONFIG_FILE: file, AWS_PROFILE: 'dev' })).toEqual({
      env: { AWS_PROFILE: 'dev' },
      notices: [`TF_CLI_CONFIG_FILE names ${file}, which is no file: ignored`],
    });
  });

  it('keeps one that exists', async () => {
    const env = { TF_CLI_CONFIG_FILE: join(directory(), 'rc') };
    await writeFile(env.TF_CLI_CONFIG_FILE, '');
    expect(await usableEnvironment(env)).toEqual({ env, notices: [] });
  });

  it.each([{}, { TF_CLI_CONFIG_FILE: '' }])('has nothing to say of %j', async (env) => {
    expect(await usableEnvironment(env)).toEqual({ env, notices: [] });
  });
});
