import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import type { GetRelease } from './download-terraform';
import { findTerraform, type FindTerraformOptions } from './find-terraform';
import { fakeDownload } from './testing/fake-release';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
const offline: GetRelease = () => Promise.reject(new Error('getaddrinfo ENOTFOUND releases.hashicorp.com\nmore'));

const remedy =
  'install it from https://developer.hashicorp.com/terraform/install, or set NIGHTSHIFT_TERRAFORM to its path';

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

  it('uses the first terraform on PATH', async () => {
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
  ])('finds the program behind the script of hashicorp/setup-terraform %s', async (_title, env) => {
    await place(at('first', 'terraform'), 'echo "[command]terraform-bin"; echo Terraform v1.11.4');
    const path = await place(at('first', 'terraform-bin'), 'echo Terraform v1.11.4');
    expect((await find({ env: env() })).binary.path).toBe(path);
    const program = await place(at('first', 'terraform-bin.exe'), 'echo Terraform v1.11.4');
    await place(at('first', 'terraform.exe'), 'echo Terraform v1.11.4');
    expect((await find({ platform: { os: 'windows', arch: 'amd64' } })).binary.path).toBe(program);
  });

  it('runs it without variables that change Terraform, and reports the ignored ones', async () => {
    const path = await place(at('first', 'terraform'), 'echo "Terraform v1.11.4$TF_CLI_ARGS"');
    const { binary, env, notices } = await find({ env: { TF_CLI_ARGS: '-json', TF_VAR_x: '1' } });
    expect(binary).toEqual({ path, version: '1.11.4', product: 'terraform' });
    expect(Object.keys(env)).toEqual(['PATH']);
    expect(notices).toEqual(['TF_CLI_ARGS, TF_VAR_x: ignored, because variables must not change what Terraform does']);
  });

  it('shows the message of Terraform for an error in the CLI configuration of the user', async () => {
    const box = '\\033[31m╷\\033[0m\\n│ Error: Error parsing rc: At 3:1: expected {\\n╵\\n';
    await place(at('first', 'terraform'), `printf '${box}' >&2; echo Terraform v1.11.4`);
    expect((await find()).notices).toEqual([]);
    await writeFile(at('.terraformrc'), 'provider_installation {');
    expect((await find()).notices).toEqual([
      'Terraform ignores part of your CLI configuration: Error parsing rc: At 3:1: expected {',
    ]);
  });

  it('skips a file that is not executable', async () => {
    await chmod(await place(at('first', 'terraform'), 'echo Terraform v1.12.0'), 0o644);
    await place(at('second', 'terraform'), 'echo Terraform v1.11.4');
    expect((await find()).binary.path).toBe(at('second', 'terraform'));
  });

  it('uses tofu if there is no terraform', async () => {
    const path = await place(at('second', 'tofu'), 'echo OpenTofu v1.10.3');
    expect((await find()).binary).toEqual({ path, version: '1.10.3', product: 'opentofu' });
  });

  it('uses tofu if terraform is too old', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.5.7');
    await place(at('second', 'tofu'), 'echo OpenTofu v1.10.3');
    expect(await find()).toMatchObject({ source: 'path', binary: { product: 'opentofu' }, notices: [] });
  });

  it('finds Windows executables on Windows', async () => {
    const path = await place(at('first', 'terraform.exe'), 'echo Terraform v1.11.4');
    expect((await find({ platform: { os: 'windows', arch: 'amd64' } })).binary.path).toBe(path);
  });

  it('prefers the binary in NIGHTSHIFT_TERRAFORM to PATH', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.11.4');
    const path = await place(at('own', 'tf'), 'echo Terraform v1.13.0');
    expect(await find({ env: { NIGHTSHIFT_TERRAFORM: 'own/tf' } })).toMatchObject({
      source: 'explicit',
      binary: { path, version: '1.13.0' },
    });
  });

  it.each([
    ['missing', undefined, 'is not an executable file, got '],
    ['of another kind', 'echo GNU bash', 'does not report a version of Terraform or OpenTofu, got '],
    ['too old', 'echo Terraform v1.5.7', 'is not a supported version, got terraform 1.5.7 ('],
  ])('refuses a NIGHTSHIFT_TERRAFORM that is %s', async (_title, answer, what) => {
    if (answer !== undefined) await place(at('tf'), answer);
    const error = find({ env: { NIGHTSHIFT_TERRAFORM: at('tf') } });
    const end = what.endsWith('(') ? ')' : '';
    await expect(error).rejects.toThrow(UserError);
    await expect(error).rejects.toThrow(
      `NIGHTSHIFT_TERRAFORM: ${what}${at('tf')}${end} - set it to the path of ${supported}, or unset it`,
    );
  });

  it('downloads Terraform if there is none, reports it, and finds it the next time', async () => {
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

  it('reports why it does not use the Terraform on PATH', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.5.7');
    await place(at('first', 'tofu'), 'exit 1');
    const { notices } = await find({ download: fakeDownload });
    expect(notices).toEqual([
      `PATH holds terraform 1.5.7 (${at('first', 'terraform')}): Terraform 1.11.4 is used instead`,
      `PATH holds ${at('first', 'tofu')} (unknown version): Terraform 1.11.4 is used instead`,
    ]);
  });

  it('suggests a fix if there is none and the download fails', async () => {
    const error = find({ env: { PATH: '' } });
    await expect(error).rejects.toThrow(UserError);
    await expect(error).rejects.toThrow(
      `terraform: ${supported} is required, and Terraform 1.11.4 cannot be downloaded (getaddrinfo ENOTFOUND releases.hashicorp.com), got none on PATH - ${remedy}`,
    );
  });

  it('names an unsuitable version if the download fails', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.5.7');
    const download = { getRelease: () => Promise.reject('no reason' as unknown as Error) };
    await expect(find({ download })).rejects.toThrow(
      `terraform: ${supported} is required, and Terraform 1.11.4 cannot be downloaded (no reason), got terraform 1.5.7 (${at('first', 'terraform')}) - ${remedy}`,
    );
  });

  it('ignores a CLI configuration that does not exist, and reports it', async () => {
    await place(at('first', 'terraform'), 'echo Terraform v1.11.4');
    const { env, notices } = await find({ env: { TF_CLI_CONFIG_FILE: at('none') } });
    expect(env).not.toHaveProperty('TF_CLI_CONFIG_FILE');
    expect(notices).toEqual([`TF_CLI_CONFIG_FILE is ignored: ${at('none')} is not a file`]);
  });
});

describe('findTerraform on this machine', () => {
  const cache = temporaryDirectory();

  it('requires only the environment and the cache directory', async () => {
    const path = join(cache(), 'terraform');
    await writeFile(path, '#!/bin/sh\necho Terraform v1.11.4\n');
    await chmod(path, 0o755);
    const { binary } = await findTerraform({ env: { PATH: cache() }, cacheDirectory: cache() });
    expect(binary).toEqual({ path, version: '1.11.4', product: 'terraform' });
  });
});
