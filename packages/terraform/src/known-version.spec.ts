import { mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knownVersion } from './known-version';
import type { TerraformBinary, TerraformProduct } from './terraform-binary';
import { temporaryDirectory } from './testing/temporary-directory';

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
