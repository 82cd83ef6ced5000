import { readFileSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import type { Platform } from './download-terraform';
import {
  findMirror,
  mirrorConfiguration,
  packagingIn,
  lockedProviderVersion,
  LOCK_FILE,
  PROVIDER,
} from './provider-mirror';
import type { ProcessEnvironment } from './run-process';
import { writeProvider } from './testing/write-provider';

const platform = { os: 'linux', arch: 'amd64' };

const provider = { version: '5.100.0', platform };

describe('packagingIn', () => {
  const mirror = temporaryDirectory();

  it.each(['unpacked', 'packed'] as const)('finds a provider that is %s', async (packaging) => {
    await writeProvider(mirror(), packaging);
    expect(await packagingIn(mirror(), provider)).toBe(packaging);
  });

  it('ignores other versions and other platforms', async () => {
    await writeProvider(mirror());
    expect(await packagingIn(mirror(), { ...provider, version: '5.99.0' })).toBeUndefined();
    expect(await packagingIn(mirror(), { ...provider, platform: { os: 'darwin', arch: 'arm64' } })).toBeUndefined();
  });
});

describe('findMirror', () => {
  const root = temporaryDirectory();
  const at = (...names: string[]) => join(root(), ...names);

  async function find(env: ProcessEnvironment = {}, wanted: Platform = platform) {
    const places = { env, home: at('home'), cwd: at('work'), mirrorParents: [at('opt'), at('none')] };
    return await findMirror({ version: '5.100.0', platform: wanted }, places);
  }

  it('returns undefined without a mirror', async () => {
    await mkdir(at('opt', 'other'), { recursive: true });
    expect(await find()).toBeUndefined();
  });

  it('finds a given directory that contains the provider', async () => {
    await mkdir(at('opt', 'a-tool'), { recursive: true });
    await writeProvider(at('opt', 'tf-plugins'));
    expect(await find()).toBe(at('opt', 'tf-plugins'));
  });

  it('prefers the default directories of Terraform, in its order', async () => {
    await writeProvider(at('opt', 'tf-plugins'));
    const env = { XDG_DATA_DIRS: at('data') };
    for (const place of [
      at('data', 'terraform', 'plugins'),
      at('home', '.local', 'share', 'terraform', 'plugins'),
      at('home', '.terraform.d', 'plugins'),
      at('work', 'terraform.d', 'plugins'),
    ]) {
      await writeProvider(place);
      expect(await find(env)).toBe(place);
    }
  });

  it('honours XDG_DATA_HOME', async () => {
    await writeProvider(at('xdg', 'terraform', 'plugins'));
    expect(await find({ XDG_DATA_HOME: at('xdg') })).toBe(at('xdg', 'terraform', 'plugins'));
  });

  it('searches the directories of Terraform on macOS and Windows', async () => {
    const support = ['Library', 'Application Support', 'io.terraform', 'plugins'];
    const roaming = at('home', 'AppData', 'Roaming');
    const cases: readonly (readonly [string, string, ProcessEnvironment])[] = [
      ['darwin', at('home', ...support), {}],
      ['windows', join(roaming, 'HashiCorp', 'Terraform', 'plugins'), {}],
      ['windows', at('data', 'terraform.d', 'plugins'), { APPDATA: at('data') }],
    ];
    for (const [os, place, env] of cases) {
      const build = join(place, 'registry.terraform.io', 'hashicorp', 'aws', '5.100.0', `${os}_amd64`);
      await mkdir(build, { recursive: true });
      expect(await find(env, { os, arch: 'amd64' })).toBe(place);
    }
  });
});

describe('mirrorConfiguration', () => {
  const cache = temporaryDirectory();

  it('installs the AWS provider from the mirror and other providers from their registries', async () => {
    const path = await mirrorConfiguration('C:\\a "mirror"', cache());
    expect(dirname(path)).toBe(join(cache(), 'terraform'));
    expect(await readFile(path, 'utf8')).toBe(`# Where Terraform finds the AWS provider on this machine. Generated.
provider_installation {
  filesystem_mirror {
    path    = "C:\\\\a \\"mirror\\""
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`);
  });

  it('is written once per mirror', async () => {
    const path = await mirrorConfiguration('/opt/a', cache());
    const before = await stat(path);
    expect(await mirrorConfiguration('/opt/a', cache())).toBe(path);
    expect((await stat(path)).mtimeMs).toBe(before.mtimeMs);
    expect(await mirrorConfiguration('/opt/b', cache())).not.toBe(path);
  });
});

describe('the committed lock file', () => {
  it('pins the AWS provider of the generated constructs', () => {
    expect(lockedProviderVersion()).toBe('5.100.0');
  });

  it('contains checksums of zip files and of unpacked providers', () => {
    const text = readFileSync(LOCK_FILE, 'utf8');
    expect(text).toContain(`provider "${PROVIDER}"`);
    expect(text.match(/"h1:/g)).toHaveLength(3);
    expect(text.match(/"zh:/g)?.length).toBeGreaterThan(10);
  });
});

describe('lockedProviderVersion', () => {
  const directory = temporaryDirectory();

  it('fails if the lock file contains no version', async () => {
    const file = join(directory(), '.terraform.lock.hcl');
    await writeFile(file, '# empty\n');
    expect(() => lockedProviderVersion(file)).toThrow(`${file}: no version of registry.terraform.io/hashicorp/aws`);
  });
});
