import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { cloudFiles } from './cloud-files';
import { FakeMachine, makeWorkspace } from './testing/fake-machine';
import { codeFingerprint, fingerprintOf, prepareVirtualEnvironment } from './virtual-environment';

describe('prepareVirtualEnvironment', () => {
  const root = temporaryDirectory();
  let fake: FakeMachine;
  let messages: string[];
  beforeEach(async () => {
    fake = new FakeMachine();
    messages = [];
    await makeWorkspace(root());
  });
  const files = () => cloudFiles(root(), {});
  const venv = () => join(root(), '.nightshift', 'local', 'venv');
  const prepare = (platform: NodeJS.Platform = 'linux', env: Record<string, string> = {}) =>
    prepareVirtualEnvironment({
      files: files(),
      env,
      machine: fake.machine,
      platform,
      onProgress: (message) => void messages.push(message),
    });
  const installations = () => fake.requests.filter(({ args }) => args[1] === 'pip');

  it('creates one and installs the pinned wheels into it', async () => {
    expect(await prepare()).toBe(join(venv(), 'bin', 'python'));
    expect(fake.requests.slice(1).map(({ file, args }) => [file, ...args].join(' '))).toEqual([
      `/usr/bin/python3 -m venv ${venv()}`,
      `${join(venv(), 'bin', 'python')} -m pip install --quiet --disable-pip-version-check --no-input ` +
        `--only-binary :all: -r ${files().requirements}`,
    ]);
    expect(messages).toEqual([
      `making a Python 3.11.7 environment in ${venv()}`,
      `making a Python 3.11.7 environment in ${venv()}: done in 0 s`,
      'installing moto and its dependencies, once',
      'installing moto and its dependencies, once: done in 0 s',
    ]);
  });

  it('finds its Python on Windows', async () => {
    expect(await prepare('win32')).toBe(join(venv(), 'Scripts', 'python.exe'));
  });

  it('removes variables that change the code of Python, and keeps the rest of the environment', async () => {
    await prepare('linux', {
      PATH: '/bin',
      PYTHONPATH: '/x',
      PYTHONHOME: '/y',
      PIP_USER: '1',
      PIP_INDEX_URL: 'https://i',
    });
    expect(installations()[0]?.env).toEqual({
      PATH: '/bin',
      PIP_INDEX_URL: 'https://i',
      PYTHONPATH: undefined,
      PYTHONHOME: undefined,
      PIP_USER: undefined,
      PIP_REQUIRE_VIRTUALENV: undefined,
    });
  });

  it('reuses it as long as nothing changes', async () => {
    await prepare();
    messages = [];
    expect(await prepare()).toBe(join(venv(), 'bin', 'python'));
    expect(installations()).toHaveLength(1);
    expect(messages).toEqual([]);
  });

  it.each([
    ['the requirements change', () => void writeFileSync(files().requirements, 'moto==5.2.2\n')],
    [
      'Python is another version',
      () => void fake.pythons.set('python3', { executable: '/usr/bin/python3', version: '3.12.1', complete: true }),
    ],
    [
      'Python is elsewhere',
      () => void fake.pythons.set('python3', { executable: '/opt/python3', version: '3.11.7', complete: true }),
    ],
    ['its installation was broken off', () => void writeFileSync(join(venv(), 'nightshift-fingerprint'), '')],
  ])('creates it again when %s', async (_title, change) => {
    await prepare();
    writeFileSync(join(venv(), 'old'), '');
    change();
    await prepare();
    expect(installations()).toHaveLength(2);
    expect(existsSync(join(venv(), 'old'))).toBe(false);
  });

  it('shows the last lines of pip, and keeps its complete output', async () => {
    const output = 'Collecting moto\r\nERROR: No matching distribution found for moto==5.2.5\n';
    fake.installation = ({ args }) => (args[1] === 'pip' ? { exitCode: 1, output } : { exitCode: 0, output: '' });
    await expect(prepare()).rejects.toThrow(
      'pip: could not install the packages of the local cloud, got ERROR: No matching distribution found for moto==5.2.5 - ' +
        `connect to PyPI, or to the package index in the configuration of pip; the full output is in ${files().installLog}`,
    );
    expect(readFileSync(files().installLog, 'utf8')).toBe(output);
    await expect(prepare()).rejects.toThrow('pip: could not install');
  });

  it('reports that Python cannot create one', async () => {
    fake.installation = () => ({ exitCode: 2, output: '' });
    await expect(prepare()).rejects.toThrow(
      `Python: could not create a virtual environment, got exit code 2 - repair /usr/bin/python3; the full output is in ${files().installLog}`,
    );
  });

  it('reports a problem with the Python of this machine', async () => {
    fake.pythons.clear();
    await expect(prepare()).rejects.toThrow('Python: is missing');
  });
});

describe('fingerprintOf', () => {
  it('is short, and equal for equal texts only', () => {
    expect(fingerprintOf('a', 'b')).toMatch(/^[0-9a-f]{12}$/);
    expect(fingerprintOf('a', 'b')).toBe(fingerprintOf('a', 'b'));
    expect(fingerprintOf('a', 'b')).not.toBe(fingerprintOf('ab'));
  });
});

describe('codeFingerprint', () => {
  const root = temporaryDirectory();
  const python = () => join(root(), 'packages', 'local-cloud', 'python');

  it.each([
    ['changes with a module', 'nightshift_cloud/server.py', false],
    ['changes with a new module', 'nightshift_cloud/new.py', false],
    ['changes with a module of a package', 'nightshift_cloud/proxy/new.py', false],
    ['changes with the requirements', 'requirements.txt', false],
    ['stays the same with other files', 'nightshift_cloud/notes.txt', true],
  ])('%s', async (_title, file, same) => {
    await makeWorkspace(root());
    const before = await codeFingerprint(python());
    await mkdir(join(python(), 'nightshift_cloud', 'proxy'));
    await writeFile(join(python(), file), 'changed');
    expect((await codeFingerprint(python())) === before).toBe(same);
  });
});
