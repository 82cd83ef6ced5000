import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from '@nightshift/release';
import type { FoundTerraform } from '@nightshift/terraform';
import { environmentFixture } from '@nightshift/testing/environment';
import { missing, requirementsFixture } from './testing';
import { FakeRunEffects, fakeWorkspace } from '@nightshift/stack-run/testing';
import { type RequirementsContext, machineContext } from './requirements-context';
import { MINIMUM_NODE, nodeCheck, pythonCheck, terraformChecks, workspaceCheck } from './machine-checks';

describe('machineContext', () => {
  it('describes this machine, and connects to the cloud of the environment', async () => {
    const {
      nodeVersion,
      tryToWrite,
      connect,
      accountRequirements,
      finishEnded,
      findPython,
      findTerraform,
      findProviders,
    } = machineContext(new FakeRunEffects());
    expect(nodeVersion).toBe(process.versions.node);
    await expect(tryToWrite(__dirname)).resolves.toBeUndefined();
    await expect(tryToWrite(join(__dirname, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await accountRequirements(environmentFixture())).map(({ title }) => title)).toContain('images in use');
    expect(await finishEnded(environmentFixture())).toEqual({ kind: 'nothing' });
    const { s3 } = await connect(environmentFixture({ file: { region: 'eu-west-1' } }));
    expect(await s3.config.region()).toBe('eu-west-1');
    await expect(findPython({ NIGHTSHIFT_PYTHON: '/nowhere/python' })).rejects.toThrow(
      'NIGHTSHIFT_PYTHON: does not run, got /nowhere/python - name the program of a Python 3.10 or newer, or unset it',
    );
    const nowhere = { NIGHTSHIFT_TERRAFORM: '/nowhere/terraform', TERRAFORM_PLUGIN_MIRROR: '/nowhere/mirror' };
    const cacheDirectory = '/nowhere/cache';
    await expect(findTerraform({ env: nowhere, cacheDirectory })).rejects.toThrow('NIGHTSHIFT_TERRAFORM');
    await expect(findProviders({ env: nowhere, cacheDirectory })).rejects.toThrow('TERRAFORM_PLUGIN_MIRROR');
  });
});

const root = join(__dirname, '..', '..', '..');

describe('nodeCheck', () => {
  it('requires the same version as package.json and the installer', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${String(MINIMUM_NODE)}`);
    expect(readFileSync(join(root, 'scripts', 'ensure-installed.mjs'), 'utf8')).toContain(
      `const MINIMUM_NODE = ${String(MINIMUM_NODE)};`,
    );
  });

  it.each(['20.0.0', '24.1.0'])('accepts %s', async (version) => {
    expect(await nodeCheck(version).run()).toEqual({ mark: 'OK', detail: version });
  });

  it('fails on an old version, with the one to install', async () => {
    expect(await nodeCheck('18.20.4').run()).toEqual({
      mark: 'FAIL',
      detail: '18.20.4 is too old',
      remedy: 'install version 20 or newer: https://nodejs.org',
    });
  });
});

describe('pythonCheck', () => {
  it('shows the Python of the local cloud', async () => {
    const { context } = requirementsFixture();
    expect(await pythonCheck({ cloud: 'local' }, context).run()).toEqual({
      mark: 'OK',
      detail: '3.12.1 (/usr/bin/python3)',
    });
  });

  it('is skipped for an environment in AWS', async () => {
    const { context } = requirementsFixture();
    expect(await pythonCheck({ cloud: 'aws' }, context).run()).toEqual({
      mark: 'SKIP',
      detail: 'required by the local cloud only',
    });
  });
});

const found =
  (rest: Partial<FoundTerraform>): RequirementsContext['findTerraform'] =>
  (options) =>
    Promise.resolve({
      binary: { path: '/bin/tofu', version: '1.12.6', product: 'opentofu' },
      source: 'explicit',
      env: options.env,
      notices: [],
      ...rest,
    });

describe('terraformChecks', () => {
  it('show Terraform and the provider, and their origin', async () => {
    const { context } = requirementsFixture();
    expect(await runChecks(terraformChecks(context))).toEqual([
      { title: 'Terraform', mark: 'OK', detail: 'Terraform 1.11.4, from PATH (/usr/bin/terraform)' },
      { title: 'AWS provider', mark: 'OK', detail: 'hashicorp/aws 5.100.0 from /opt/tf-plugins' },
    ]);
  });

  it.each([
    ['explicit', 'from NIGHTSHIFT_TERRAFORM'],
    ['cache', 'cached'],
    ['download', 'downloaded'],
  ] as const)('describe a binary with the source %s as %s', async (source, said) => {
    const { context } = requirementsFixture();
    const [terraform] = await runChecks(terraformChecks({ ...context, findTerraform: found({ source }) }));
    expect(terraform?.detail).toBe(`OpenTofu 1.12.6, ${said} (/bin/tofu)`);
  });

  it('show the notices about ignored settings, and find Terraform once', async () => {
    const { context } = requirementsFixture();
    const findTerraform = jest.fn(found({ source: 'path', notices: ['TF_CLI_CONFIG_FILE is ignored'] }));
    const items = await runChecks(terraformChecks({ ...context, findTerraform }));
    expect(items.map(({ detail }) => detail)).toEqual([
      'OpenTofu 1.12.6, from PATH (/bin/tofu); TF_CLI_CONFIG_FILE is ignored',
      'hashicorp/aws 5.100.0 from /opt/tf-plugins',
    ]);
    expect(findTerraform.mock.calls).toEqual([[{ env: {}, cacheDirectory: '/workspace/.nightshift' }]]);
  });

  it('do not search for a provider without Terraform', async () => {
    const { context } = requirementsFixture();
    const findTerraform = () => Promise.reject(missing('Terraform'));
    expect(await runChecks(terraformChecks({ ...context, findTerraform }))).toEqual([
      { title: 'Terraform', mark: 'FAIL', detail: 'is missing, got nothing', remedy: 'install Terraform' },
      { title: 'AWS provider', mark: 'SKIP', detail: 'needs Terraform' },
    ]);
  });
});

describe('the check of the workspace', () => {
  const root = fakeWorkspace();
  const { context } = requirementsFixture();
  const check = (tryToWrite = context.tryToWrite) =>
    workspaceCheck({ effects: { ...context.effects, root }, tryToWrite }).run();
  const failing = (code: string, path?: string) => () =>
    Promise.reject(Object.assign(new Error('no'), { code, path: path ?? root }));

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('writes to the directories of the commands, or to their parent', async () => {
    const tryToWrite = jest.fn(() => Promise.resolve());
    expect(await check(tryToWrite)).toEqual({ mark: 'OK', detail: 'is writable' });
    expect(tryToWrite.mock.calls).toEqual([[join(root, 'cdktf.out')], [join(root, '.')]]);
    mkdirSync(join(root, '.nightshift'));
    tryToWrite.mockClear();
    await check(tryToWrite);
    expect(tryToWrite.mock.calls).toEqual([[join(root, 'cdktf.out')], [join(root, '.nightshift')]]);
  });

  it.each([
    ['EROFS', 'the file system is read-only', 'use a writable copy of the workspace'],
    ['ENOSPC', 'the disk is full', 'free space, then run the same command again'],
    ['EACCES', 'access is denied', 'grant your user read and write access'],
  ])('reports why it cannot write: %s', async (code, what, remedy) => {
    const detail = `${join(root, 'cdktf.out')}: ${what}`;
    expect(await check(failing(code))).toEqual({ mark: 'FAIL', detail, remedy });
  });

  it('throws a defect', async () => {
    await expect(check(failing('EBADF'))).rejects.toThrow('no');
  });
});
