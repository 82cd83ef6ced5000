import { mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Script, scriptedProcess } from './testing/scripted-process';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { type TerraformProduct, type TerraformBinary, knownVersion, fits, askVersion } from './terraform-version';

async function ask(script: Script) {
  const { run, requests } = scriptedProcess(() => script);
  const binary = await askVersion('/bin/terraform', { env: { HOME: '/home/ada' }, cwd: '/work', run });
  return { binary, request: requests[0] };
}

describe('askVersion', () => {
  it('reads the version of Terraform without network access', async () => {
    const { binary, request } = await ask({ stdout: ['Terraform v1.11.4', 'on linux_amd64', '+ provider x v5.100.0'] });
    expect(binary).toEqual({ path: '/bin/terraform', version: '1.11.4', product: 'terraform' });
    expect(request).toMatchObject({
      file: '/bin/terraform',
      args: ['version'],
      cwd: '/work',
      env: { HOME: '/home/ada', CHECKPOINT_DISABLE: '1' },
    });
  });

  it('identifies OpenTofu by its output, not by its file name', async () => {
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

  it('asks again after a change of the file', async () => {
    const path = await place('terraform', 2_000_000);
    const touch = async () => {
      await utimes(path, new Date(0), new Date(0));
    };
    expect((await ask(path, 'terraform', touch)).times).toBe(2);
  });

  it('always asks a script, which can call another binary later', async () => {
    expect((await ask(await place('terraform', 200))).times).toBe(2);
  });

  it('always asks a version manager behind a link', async () => {
    await symlink(await place('mise', 2_000_000), at('terraform'));
    expect((await ask(at('terraform'))).times).toBe(2);
  });

  it('caches the version of a binary behind a link under the name of the link', async () => {
    await symlink(await place('terraform', 2_000_000), at('tf'));
    expect(await ask(at('tf'))).toMatchObject({ answer: { path: at('tf') }, times: 1 });
  });

  it('does not cache a failure', async () => {
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
