import { chmod, mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import type { GetRelease } from './download-terraform';
import {
  askVersion,
  findTerraform,
  type FindTerraformOptions,
  fits,
  knownVersion,
  type TerraformBinary,
  type TerraformProduct,
} from './find-terraform';
import { fakeDownload } from './testing/fake-release';
import { type Script, scriptedProcess } from './testing/scripted-process';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';

const offline: GetRelease = () => Promise.reject(new Error('getaddrinfo ENOTFOUND releases.hashicorp.com\nmore'));

const remedy = 'install one from https://developer.hashicorp.com/terraform/install, or name it in NIGHTSHIFT_TERRAFORM';

const supported = 'Terraform >= 1.11 < 2 or OpenTofu >= 1.10 < 2';

describe('findTerraform', () => {
  const root = temporaryDirectory();
  const at = (...names: string[]) => join(root(), ...names);

  async function place(path: string, answer: string): Promise<string> {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, `#!/bin/sh\n${answer}\n`);
    await chmod(path, 0o755);
    return path;
  }

  async function find({ env = {}, ...options }: Partial<FindTerraformOptions> = {}) {
    return await findTerraform({
      cacheDirectory: at('cache'),
      cwd: at(),
      home: at(),
      platform: { os: 'linux', arch: 'amd64' },
      download: { getRelease: offline },
      ...options,
      env: { PATH: `${at('first')}::${at('second')}`, ...env },
    });
  }

  it('takes the first terraform on PATH', async () => {
    await mkdir(at('first', 'terraform'), { recursive: true });
    const path = await place(at('second', 'terraform'), 'echo Terraform v1.11.4');
    const env = { PATH: `${at('first')}::${at('second')}` };
    expect(await find()).toEqual({
      binary: { path, version: '1.11.4', product: 'terraform' },
      source: 'path',
      env,
      notices: [],
    });
  });

  it.each([
    ['on PATH', () => ({})],
    ['in NIGHTSHIFT_TERRAFORM', () => ({ NIGHTSHIFT_TERRAFORM: at('first', 'terraform') })],
  ])('takes the program behind the script of hashicorp/setup-terraform %s', async (_title, env) => {
    await place(at('first', 'terraform'), 'echo "[command]terraform-bin"; echo Terraform v1.11.4');
    const path = await place(at('first', 'terraform-bin'), 'echo Terraform v1.11.4');
    expect((await find({ env: env() })).binary.path).toBe(path);
    const program = await place(at('first', 'terraform-bin.exe'), 'echo Terraform v1.11.4');
    await place(at('first', 'terraform.exe'), 'echo Terraform v1.11.4');
    expect((await find({ platform: { os: 'windows', arch: 'amd64' } })).binary.path).toBe(program);
  });

  it('asks without the variables that change what Terraform does, and says which were ignored', async () => {
    const path = await place(at('first', 'terraform'), 'echo "Terraform v1.11.4$TF_CLI_ARGS"');
    const { binary, env, notices } = await find({ env: { TF_CLI_ARGS: '-json', TF_VAR_x: '1' } });
    expect(binary).toEqual({ path, version: '1.11.4', product: 'terraform' });
    expect(Object.keys(env)).toEqual(['PATH']);
    expect(notices).toEqual(['TF_CLI_ARGS, TF_VAR_x: ignored, as no variable may change what Terraform does']);
  });

  it('shows what Terraform says about an error in the CLI configuration of the user', async () => {
    const box = '\\033[31m╷\\033[0m\\n│ Error: Error parsing rc: At 3:1: expected {\\n╵\\n';
    await place(at('first', 'terraform'), `printf '${box}' >&2; echo Terraform v1.11.4`);
    expect((await find()).notices).toEqual([]);
    await writeFile(at('.terraformrc'), 'provider_installation {');
    expect((await find()).notices).toEqual([
      'Terraform ignores a part of your CLI configuration: Error parsing rc: At 3:1: expected {',
    ]);
  });

  it('passes over a file that may not be executed', async () => {
    await chmod(await place(at('first', 'terraform'), 'echo Terraform v1.12.0'), 0o644);
    await place(at('second', 'terraform'), 'echo Terraform v1.11.4');
    expect((await find()).binary.path).toBe(at('second', 'terraform'));
  });

  it('takes tofu where there is no terraform', async () => {
    const path = await place(at('second', 'tofu'), 'echo OpenTofu v1.10.3');
    expect((await find()).binary).toEqual({ path, version: '1.10.3', product: 'opentofu' });
  });

  it('takes tofu where terraform is too old', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.5.7');
    await place(at('second', 'tofu'), 'echo OpenTofu v1.10.3');
    expect(await find()).toMatchObject({ source: 'path', binary: { product: 'opentofu' }, notices: [] });
  });

  it('looks for programs of Windows on Windows', async () => {
    const path = await place(at('first', 'terraform.exe'), 'echo Terraform v1.11.4');
    expect((await find({ platform: { os: 'windows', arch: 'amd64' } })).binary.path).toBe(path);
  });

  it('takes the binary that NIGHTSHIFT_TERRAFORM names, whatever is on PATH', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.11.4');
    const path = await place(at('own', 'tf'), 'echo Terraform v1.13.0');
    expect(await find({ env: { NIGHTSHIFT_TERRAFORM: 'own/tf' } })).toMatchObject({
      source: 'explicit',
      binary: { path, version: '1.13.0' },
    });
  });

  it.each([
    ['missing', undefined, 'is no program, got '],
    ['of another kind', 'echo GNU bash', 'does not tell a version as Terraform does, got '],
    ['too old', 'echo Terraform v1.5.7', 'cannot run the stacks, got terraform 1.5.7 ('],
  ])('refuses a NIGHTSHIFT_TERRAFORM that is %s', async (_title, answer, what) => {
    if (answer !== undefined) await place(at('tf'), answer);
    const error = find({ env: { NIGHTSHIFT_TERRAFORM: at('tf') } });
    const end = what.endsWith('(') ? ')' : '';
    await expect(error).rejects.toThrow(UserError);
    await expect(error).rejects.toThrow(
      `NIGHTSHIFT_TERRAFORM: ${what}${at('tf')}${end} - name the file of a ${supported}, or unset it`,
    );
  });

  it('downloads Terraform where there is none, tells of it, and finds it the next time', async () => {
    const progress: string[] = [];
    const onProgress = (message: string) => progress.push(message);
    const binary = { path: at('cache', 'terraform', '1.11.4', 'terraform'), version: '1.11.4', product: 'terraform' };
    expect(await find({ download: fakeDownload, onProgress })).toMatchObject({
      source: 'download',
      binary,
      notices: [],
    });
    expect(progress).toHaveLength(3);
    expect(await find()).toMatchObject({ source: 'cache', binary, notices: [] });
  });

  it('says why it uses another Terraform than the one on PATH', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.5.7');
    await place(at('first', 'tofu'), 'exit 1');
    const { notices } = await find({ download: fakeDownload });
    expect(notices).toEqual([
      `PATH holds terraform 1.5.7 (${at('first', 'terraform')}): Terraform 1.11.4 is used instead`,
      `PATH holds ${at('first', 'tofu')}, which tells no version: Terraform 1.11.4 is used instead`,
    ]);
  });

  it('says what to do where there is none and none can be downloaded', async () => {
    const error = find({ env: { PATH: '' } });
    await expect(error).rejects.toThrow(UserError);
    await expect(error).rejects.toThrow(
      `terraform: ${supported} is needed, and Terraform 1.11.4 cannot be downloaded (getaddrinfo ENOTFOUND releases.hashicorp.com), got none on PATH - ${remedy}`,
    );
  });

  it('says what it found when that does not fit and none can be downloaded', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.5.7');
    const download = { getRelease: () => Promise.reject('no reason' as unknown as Error) };
    await expect(find({ download })).rejects.toThrow(
      `terraform: ${supported} is needed, and Terraform 1.11.4 cannot be downloaded (no reason), got terraform 1.5.7 (${at('first', 'terraform')}) - ${remedy}`,
    );
  });

  it('leaves out a CLI configuration that does not exist, and says so', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.11.4');
    const { env, notices } = await find({ env: { TF_CLI_CONFIG_FILE: at('none') } });
    expect(env).not.toHaveProperty('TF_CLI_CONFIG_FILE');
    expect(notices).toEqual([`TF_CLI_CONFIG_FILE names ${at('none')}, which is no file: ignored`]);
  });
});

describe('findTerraform on this machine', () => {
  const cache = temporaryDirectory();

  it('needs to be told nothing but environment and cache', async () => {
    const path = join(cache(), 'terraform');
    await writeFile(path, '#!/bin/sh\necho Terraform v1.11.4\n');
    await chmod(path, 0o755);
    const { binary } = await findTerraform({ env: { PATH: cache() }, cacheDirectory: cache() });
    expect(binary).toEqual({ path, version: '1.11.4', product: 'terraform' });
  });
});

async function ask(script: Script) {
  const { run, requests } = scriptedProcess(() => script);
  const binary = await askVersion('/bin/terraform', { env: { HOME: '/home/ada' }, cwd: '/work', run });
  return { binary, request: requests[0] };
}

describe('askVersion', () => {
  it('reads the version of Terraform, asked without a look at the network', async () => {
    const { binary, request } = await ask({ stdout: ['Terraform v1.11.4', 'on linux_amd64', '+ provider x v5.100.0'] });
    expect(binary).toEqual({ path: '/bin/terraform', version: '1.11.4', product: 'terraform' });
    expect(request).toMatchObject({
      file: '/bin/terraform',
      args: ['version'],
      cwd: '/work',
      env: { HOME: '/home/ada', CHECKPOINT_DISABLE: '1' },
    });
  });

  it('knows OpenTofu by its answer, not by its file name', async () => {
    const { binary } = await ask({ stdout: ['OpenTofu v1.10.0-rc1', 'on linux_amd64'] });
    expect(binary).toEqual({ path: '/bin/terraform', version: '1.10.0-rc1', product: 'opentofu' });
  });

  it.each<[string, Script]>([
    ['something else', { stdout: ['GNU bash 5.2'] }],
    ['a program that fails', { stdout: ['Terraform v1.11.4'], result: { exitCode: 1 } }],
    ['what cannot be started', { result: { startError: 'EACCES' } }],
  ])('has no version for %s', async (_title, script) => {
    expect((await ask(script)).binary).toBeUndefined();
  });
});

describe('knownVersion', () => {
  const directory = temporaryDirectory();
  const at = (...names: string[]) => join(directory(), ...names);

  async function place(name: string, bytes: number): Promise<string> {
    await mkdir(at('bin'), { recursive: true });
    await writeFile(at('bin', name), '');
    await truncate(at('bin', name), bytes);
    return at('bin', name);
  }

  /** Asks twice. */
  async function ask(
    path: string,
    product: TerraformProduct | 'none' = 'terraform',
    between = () => Promise.resolve(),
  ) {
    const answer = (asked: string): Promise<TerraformBinary | undefined> =>
      Promise.resolve(product === 'none' ? undefined : { path: asked, version: '1.11.4', product });
    const asked = jest.fn(answer);
    const first = await knownVersion(path, at('cache'), asked);
    await between();
    const second = await knownVersion(path, at('cache'), asked);
    expect(second).toEqual(first);
    return { answer: second, times: asked.mock.calls.length };
  }

  it.each(['terraform', 'opentofu'] as const)('asks a binary of %s once', async (product) => {
    const path = await place('tofu', 2_000_000);
    expect(await ask(path, product)).toEqual({ answer: { path, version: '1.11.4', product }, times: 1 });
  });

  it('asks again when the file has changed', async () => {
    const path = await place('terraform', 2_000_000);
    const touch = async () => {
      await utimes(path, new Date(0), new Date(0));
    };
    expect((await ask(path, 'terraform', touch)).times).toBe(2);
  });

  it('always asks a script, which may call another binary tomorrow', async () => {
    expect((await ask(await place('terraform', 200))).times).toBe(2);
  });

  it('always asks the version manager behind a link', async () => {
    await symlink(await place('mise', 2_000_000), at('terraform'));
    expect((await ask(at('terraform'))).times).toBe(2);
  });

  it('remembers the binary behind a link under the name that it was asked for', async () => {
    await symlink(await place('terraform', 2_000_000), at('tf'));
    expect(await ask(at('tf'))).toMatchObject({ answer: { path: at('tf') }, times: 1 });
  });

  it('does not remember that there was no answer', async () => {
    expect(await ask(await place('terraform', 2_000_000), 'none')).toEqual({ answer: undefined, times: 2 });
  });
});

describe('fits', () => {
  it.each([
    ['terraform', '1.11.0', true],
    ['terraform', '1.12.0-rc1', true],
    ['terraform', '1.100.3', true],
    ['terraform', '1.10.5', false],
    ['terraform', '0.15.0', false],
    ['terraform', '2.11.0', false],
    ['opentofu', '1.10.0', true],
    ['opentofu', '1.9.1', false],
  ] as const)('%s %s: %s', (product, version, expected) => {
    expect(fits({ product, version })).toBe(expected);
  });
});
