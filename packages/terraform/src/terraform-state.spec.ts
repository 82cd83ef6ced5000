import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { type Preparation, prepareTerraform } from './testing/prepare-terraform';
import { writeStack } from './testing/write-stack';
import type { ProcessRequest } from './run-process';
import type { TerraformOptions } from './run-terraform';

describe('commands on a state', () => {
  const root = temporaryDirectory();

  it('reads outputs in a separate directory, where Terraform loads no provider', async () => {
    const outputs = { vpc_id: { sensitive: false, value: 'vpc-1' }, secret: { sensitive: true, value: 's' } };
    const { terraform, requests, events, commands, directory } = await prepareTerraform(root(), () => ({
      stdout: JSON.stringify(outputs, null, 2).split('\n'),
    }));
    expect(await terraform.outputs()).toEqual({ vpc_id: 'vpc-1' });
    expect(await terraform.outputs()).toEqual({ vpc_id: 'vpc-1' });
    const beside = join(directory, '.terraform', 'nightshift-state');
    expect(commands()).toEqual(['init -json -reconfigure', 'output -json -no-color', 'output -json -no-color']);
    expect(requests.map(({ cwd }) => cwd)).toEqual([directory, beside, beside]);
    expect(await readFile(join(beside, 'backend.tf.json'), 'utf8')).toBe(
      '{"terraform":{"backend":{"s3":{"bucket":"state-dev"}}}}',
    );
    expect(await readFile(join(beside, '.terraform', 'terraform.tfstate'), 'utf8')).toBe('{"record":true}');
    expect(events).toEqual(['init', 'outputs', 'outputs'].map((phase) => ({ type: 'phase', phase })));
  });

  it('connects with the same settings before it reads outputs', async () => {
    const { terraform, commands } = await prepareTerraform(root(), () => ({ stdout: ['{}'] }));
    await terraform.init({ backendConfig: { bucket: 'b' } });
    await terraform.outputs();
    expect(commands()).toEqual(['init -json -reconfigure -backend-config=bucket=b', 'output -json -no-color']);
  });

  it.each<[string, Preparation]>([
    ['another kind of backend', { backend: { local: { path: 'own.tfstate' } } }],
    ['no record of the backend', { hasRecord: false }],
  ])('reads outputs in the directory of the stack with %s', async (_title, preparation) => {
    const { terraform, requests, directory } = await prepareTerraform(root(), () => ({ stdout: ['{}'] }), preparation);
    expect(await terraform.outputs()).toEqual({});
    expect(requests.at(-1)?.cwd).toBe(directory);
  });

  it('explains the output of a command without -json', async () => {
    const stderr = ['╷', '│ Error: No valid credential sources found', '╵'];
    const { terraform } = await prepareTerraform(root(), () => ({ stderr, result: { exitCode: 1 } }));
    await expect(terraform.outputs()).rejects.toThrow('network: no AWS credentials were found - ');
  });

  it('reads a saved plan', async () => {
    const { terraform, commands } = await prepareTerraform(root(), () => ({
      stdout: ['{"format_version":"1.2","resource_changes":[]}'],
    }));
    expect(await terraform.show('saved.tfplan')).toEqual({ format_version: '1.2', resource_changes: [] });
    expect(commands()).toEqual(['show -json -no-color saved.tfplan']);
  });

  it('saves the state that an earlier run could not save, and then removes it', async () => {
    let isSaved = false;
    const { terraform, commands, directory } = await prepareTerraform(root(), () => {
      const failed = { stderr: ['Failed to write state: no access'], result: { exitCode: 1 } };
      return isSaved ? {} : failed;
    });
    expect(await terraform.pushState()).toBe(false);
    const file = join(directory, 'errored.tfstate');
    await writeFile(file, '{}');
    await expect(terraform.pushState()).rejects.toThrow('Failed to write state: no access');
    isSaved = true;
    expect(await terraform.pushState()).toBe(true);
    expect(await terraform.pushState()).toBe(false);
    const push = `state push -no-color ${file}`;
    expect(commands()).toEqual(['init -json -reconfigure', push, push]);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  describe('next to another stack', () => {
    const ofRegistry = { resources: [{ mode: 'managed', type: 'aws_kms_key', name: 'Key' }] };

    async function prepareBoth(state: object) {
      await writeStack(root(), { resource: { aws_kms_key: { Key: {} } } }, 'registry');
      return await prepareTerraform(root(), ({ args }) =>
        args[1] === 'pull' ? { stdout: [JSON.stringify(state)] } : {},
      );
    }

    it.each(['plan', 'apply', 'destroy'] as const)('refuses to %s with the state of that stack', async (verb) => {
      const { terraform, commands } = await prepareBoth(ofRegistry);
      await expect(terraform[verb]()).rejects.toThrow(
        'network: the state contains resources of the registry stack, and none of the network stack',
      );
      expect(commands()).toEqual(['state pull -no-color']);
    });

    it('accepts a missing state', async () => {
      await writeStack(root(), {}, 'registry');
      const { terraform } = await prepareTerraform(root(), ({ args }) => (args[1] === 'pull' ? { stdout: [''] } : {}));
      await expect(terraform.plan()).resolves.toMatchObject({ hasChanges: false });
    });

    describe('with a reader of objects in S3', () => {
      const backend = { s3: { bucket: 'state-dev', key: 'dev/network.tfstate' } };

      async function plan(
        readObject: TerraformOptions['readObject'],
        more: Preparation & { readonly backendConfig?: Record<string, string> } = {},
      ) {
        const { backendConfig, ...preparation } = more;
        await writeStack(root(), { resource: { aws_kms_key: { Key: {} } } }, 'registry');
        const answer = ({ args }: ProcessRequest) => (args[0] === 'state' ? { stdout: ['{}'] } : {});
        const { terraform, commands } = await prepareTerraform(root(), answer, {
          backend,
          readObject,
          ...preparation,
        });
        await terraform.init(backendConfig && { backendConfig });
        await terraform.plan();
        return commands().map((command) => command.split(' ', 2).join(' '));
      }

      it('does not start Terraform to read the state', async () => {
        const readObject = jest.fn(() => Promise.resolve('{"version":4,"resources":[]}'));
        expect(await plan(readObject)).toEqual(['init -json', 'plan -json']);
        expect(readObject.mock.calls).toEqual([['state-dev', 'dev/network.tfstate']]);
      });

      it('accepts that there is no state yet', async () => {
        expect(await plan(() => Promise.resolve(undefined))).toEqual(['init -json', 'plan -json']);
      });

      it('does not plan on the state of another stack', async () => {
        const state = JSON.stringify({ version: 4, ...ofRegistry });
        await expect(plan(() => Promise.resolve(state))).rejects.toThrow(
          'network: the state contains resources of the registry stack, and none of the network stack, got aws_kms_key.Key in s3://state-dev/dev/network.tfstate - ',
        );
      });

      it.each<[string, () => Promise<string>, Parameters<typeof plan>[1]]>([
        ['when it fails, so that Terraform explains why', () => Promise.reject(new Error('AccessDenied')), {}],
        ['when the object is no JSON', () => Promise.resolve('<html>'), {}],
        ['when the state has an old format', () => Promise.resolve('{"version":3}'), {}],
        ['with another backend', () => Promise.resolve('{"version":4}'), { backend: { local: {} } }],
        ['without a key', () => Promise.resolve('{"version":4}'), { backend: { s3: { bucket: 'state-dev' } } }],
        [
          'with settings beside the configuration',
          () => Promise.resolve('{"version":4}'),
          { backendConfig: { bucket: 'b' } },
        ],
      ])('lets Terraform read the state %s', async (_title, readObject, more) => {
        expect(await plan(readObject, more)).toEqual(['init -json', 'state pull', 'plan -json']);
      });
    });

    it('reads its own state once', async () => {
      const { terraform, commands } = await prepareBoth({ resources: [] });
      await terraform.plan();
      await terraform.apply();
      expect(commands().map((command) => command.split(' ', 2).join(' '))).toEqual([
        'state pull',
        'plan -json',
        'apply -json',
      ]);
    });
  });

  describe('with a wrapper script', () => {
    const remedy =
      'set NIGHTSHIFT_TERRAFORM to the Terraform binary itself, not to a wrapper script; in GitHub Actions set terraform_wrapper: false for hashicorp/setup-terraform';

    it('finds the JSON among the lines of the script', async () => {
      const outputs = JSON.stringify({ vpc_id: { sensitive: false, value: 'vpc-1' } }, null, 2).split('\n');
      const { terraform } = await prepareTerraform(root(), ({ args }) =>
        args[0] === 'show'
          ? { stdout: ['[command]terraform-bin show', '{"format_version":"1.2"}', '::debug::exitcode: 0'] }
          : { stdout: ['[command]terraform-bin output', ...outputs, '', '::debug::exitcode: 0'] },
      );
      expect(await terraform.outputs()).toEqual({ vpc_id: 'vpc-1' });
      expect(await terraform.show('plan')).toEqual({ format_version: '1.2' });
    });

    it('reports that there is no JSON', async () => {
      const { terraform } = await prepareTerraform(root(), () => ({
        stdout: ['', '\u001b[1mWelcome\u001b[0m', 'vpc_id = "vpc-1"'],
      }));
      await expect(terraform.outputs()).rejects.toThrow(
        `network: terraform output printed no JSON, got "Welcome" - ${remedy}`,
      );
    });

    it('does not treat a plan without events as a plan without changes', async () => {
      const { terraform } = await prepareTerraform(root(), () => ({ stdout: ['No changes. ', ''] }));
      await expect(terraform.plan()).rejects.toThrow(
        `network: terraform plan printed no JSON, got "No changes." - ${remedy}`,
      );
    });

    it('reports empty output', async () => {
      const { terraform } = await prepareTerraform(root(), () => ({ stdout: [] }));
      await expect(terraform.plan()).rejects.toThrow(
        `network: terraform plan printed no JSON, got nothing - ${remedy}`,
      );
    });
  });

  it('removes a lock', async () => {
    const { terraform, commands, events } = await prepareTerraform(root());
    await terraform.forceUnlock('1a2b');
    expect(commands()).toEqual(['init -json -reconfigure', 'force-unlock -force -no-color 1a2b']);
    expect(events.at(-1)).toEqual({ type: 'phase', phase: 'unlock' });
  });
});
