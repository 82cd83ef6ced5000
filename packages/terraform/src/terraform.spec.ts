import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import type { ProcessRequest } from './run-process';
import type { TerraformOptions } from './run-terraform';
import { Terraform } from './terraform';
import { TerraformError, TerraformInterrupted } from './terraform-error';
import type { TerraformEvent } from './terraform-event';
import { recordedOutput } from './testing/recorded-output';
import { type Script, scriptedProcess } from './testing/scripted-process';
import { writeStack } from './testing/write-stack';

const notInstalled = JSON.stringify({
  type: 'diagnostic',
  diagnostic: { severity: 'error', summary: 'Required plugins are not installed', detail: '' },
});

interface Preparation extends Partial<TerraformOptions> {
  readonly backend?: object;
  /** Whether `init` writes the backend record. */
  readonly hasRecord?: boolean;
}

describe('Terraform', () => {
  const root = temporaryDirectory();

  /** Answers to every command but `init` with `script`. */
  async function prepare(
    script: (request: ProcessRequest) => Script = () => ({}),
    { backend = { s3: { bucket: 'state-dev' } }, hasRecord = true, ...overrides }: Preparation = {},
  ) {
    const directory = await writeStack(root(), { terraform: { backend } });
    const { run, requests } = scriptedProcess(async (request) => {
      if (request.args[0] !== 'init') return script(request);
      await mkdir(join(request.cwd, '.terraform'), { recursive: true });
      if (hasRecord) await writeFile(join(request.cwd, '.terraform', 'terraform.tfstate'), '{"record":true}');
      return {};
    });
    const events: TerraformEvent[] = [];
    const terraform = new Terraform({
      binary: { path: '/bin/terraform', version: '1.11.4', product: 'terraform' },
      directory,
      env: { AWS_REGION: 'us-east-1', TF_WORKSPACE: 'other', TF_DATA_DIR: '/elsewhere' },
      onEvent: (event) => events.push(event),
      run,
      ...overrides,
    });
    return { terraform, requests, events, directory, commands: () => requests.map(({ args }) => args.join(' ')) };
  }

  it('runs Terraform in the directory of the stack, with an environment of our own', async () => {
    const { terraform, requests, directory } = await prepare();
    await terraform.plan();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ file: '/bin/terraform', cwd: directory });
    expect(requests[0]?.env).toEqual({
      AWS_REGION: 'us-east-1',
      TF_WORKSPACE: 'default',
      TF_INPUT: '0',
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
    });
  });

  it('reports its phases and the events of Terraform', async () => {
    const { terraform, events } = await prepare(() => ({ stdout: recordedOutput('no-change-plan') }));
    expect(await terraform.plan()).toMatchObject({ hasChanges: false });
    expect(events[0]).toEqual({ type: 'phase', phase: 'plan' });
    expect(events.at(-1)).toEqual({ type: 'summary', operation: 'plan', add: 0, change: 0, remove: 0 });
  });

  it('needs no settings of a backend that has them all', async () => {
    const { terraform, commands } = await prepare();
    expect(await terraform.init()).toEqual({ skipped: false });
    expect(await terraform.init()).toEqual({ skipped: true });
    expect(commands()).toEqual(['init -json -reconfigure']);
  });

  it('plans with the given options', async () => {
    const { terraform, commands } = await prepare();
    await terraform.plan();
    await terraform.plan({ out: 'saved.tfplan', destroy: true });
    await terraform.plan({ refreshOnly: true, lock: false });
    await terraform.plan({ out: 'part.tfplan', targets: ['aws_kms_key.Key', 'aws_sns_topic.Topic'] });
    expect(commands()).toEqual([
      'plan -json -detailed-exitcode -lock-timeout=10s',
      'plan -json -detailed-exitcode -lock-timeout=10s -destroy -out=saved.tfplan',
      'plan -json -detailed-exitcode -lock=false -refresh-only',
      'plan -json -detailed-exitcode -lock-timeout=10s -out=part.tfplan -target=aws_kms_key.Key -target=aws_sns_topic.Topic',
    ]);
  });

  it('applies a saved plan, applies at once, and destroys', async () => {
    const { terraform, commands } = await prepare(undefined, { lockTimeoutSeconds: 60 });
    await terraform.apply({ planFile: 'saved.tfplan' });
    await terraform.apply();
    await terraform.destroy();
    expect(commands()).toEqual([
      'apply -json -lock-timeout=60s saved.tfplan',
      'apply -json -lock-timeout=60s -auto-approve',
      'destroy -json -lock-timeout=60s -auto-approve -refresh=false',
    ]);
  });

  describe('destroy', () => {
    const failing = (summary: string) => ({
      stdout: [JSON.stringify({ type: 'diagnostic', diagnostic: { severity: 'error', summary } })],
      result: { exitCode: 1 },
    });

    it('refreshes the state when a resource is already deleted, and destroys the rest', async () => {
      const { terraform, commands } = await prepare(({ args }) =>
        args.includes('-refresh=false')
          ? failing('deleting ECS Service: ServiceNotFoundException')
          : { stdout: recordedOutput('destroy') },
      );
      expect(await terraform.destroy()).toMatchObject({ remove: 4, hasChanges: true });
      expect(commands()).toEqual([
        'destroy -json -lock-timeout=10s -auto-approve -refresh=false',
        'destroy -json -lock-timeout=10s -auto-approve',
      ]);
    });

    it('does not retry other failures', async () => {
      const { terraform, commands } = await prepare(() => failing('deleting EC2 VPC: DependencyViolation'));
      await expect(terraform.destroy()).rejects.toThrow('DependencyViolation');
      expect(commands()).toHaveLength(1);
    });
  });

  it('suggests commands with the given configuration', async () => {
    const stdout = [
      JSON.stringify({ type: 'diagnostic', diagnostic: { severity: 'error', summary: 'Saved plan is stale' } }),
    ];
    const { terraform } = await prepare(() => ({ stdout, result: { exitCode: 1 } }), { configuration: 'preview' });
    await expect(terraform.apply({ planFile: 'p' })).rejects.toThrow(
      'network: the state has changed since this plan was made - plan again and review it: ENVIRONMENT_SUFFIX=dev npx nx run network:plan -c preview',
    );
  });

  it('initializes again with the same settings when the results of an earlier init are deleted', async () => {
    let plans = 0;
    const { terraform, commands } = await prepare(() => {
      plans += 1;
      return plans === 1 ? { stdout: [notInstalled], result: { exitCode: 1 } } : {};
    });
    await terraform.init({ backendConfig: { bucket: 'b' } });
    await terraform.plan();
    expect(commands().map((command) => command.replace(/ -.*(?= -backend)| -json.*/, ''))).toEqual([
      'init -backend-config=bucket=b',
      'plan',
      'init -backend-config=bucket=b',
      'plan',
    ]);
  });

  it('initializes again only once', async () => {
    const { terraform } = await prepare(() => ({ stdout: [notInstalled], result: { exitCode: 1 } }));
    await expect(terraform.plan()).rejects.toThrow(
      'network: Required plugins are not installed - delete the .terraform directory of this stack, then run the same command again',
    );
  });

  it('passes on a defect as it is', async () => {
    const { terraform } = await prepare(() => {
      throw new TypeError('defect');
    });
    await expect(terraform.plan()).rejects.toThrow(TypeError);
  });

  it.each(['apply', 'destroy'] as const)('refuses to %s while a state waits to be saved', async (verb) => {
    const { terraform, requests, directory } = await prepare();
    await writeFile(join(directory, 'errored.tfstate'), '{}');
    const attempt = terraform[verb]();
    await expect(attempt).rejects.toThrow(TerraformError);
    await expect(attempt).rejects.toThrow(
      `network: the changes are recorded only in ${directory}/errored.tfstate - save it before the next deploy: npx nightshift push-state network -c dev`,
    );
    expect(requests).toEqual([]);
  });

  it('does not start a command after an interruption', async () => {
    const { terraform, requests, events } = await prepare(undefined, { interrupt: AbortSignal.abort() });
    await expect(terraform.plan()).rejects.toThrow(TerraformInterrupted);
    expect([...requests, ...events]).toEqual([]);
  });

  it('passes both signals on and reports the end', async () => {
    const [interrupt, kill] = [new AbortController(), new AbortController()];
    const stopped = { stdout: recordedOutput('interrupted-apply'), result: { exitCode: 1 } };
    const { terraform, requests } = await prepare(
      () => {
        (interrupt.signal.aborted ? kill : interrupt).abort();
        return stopped;
      },
      { interrupt: interrupt.signal, kill: kill.signal },
    );
    await expect(terraform.apply()).rejects.toThrow(TerraformInterrupted);
    expect(requests[0]).toMatchObject({ interrupt: interrupt.signal, kill: kill.signal });
  });

  it('reads outputs in a separate directory, where Terraform loads no provider', async () => {
    const outputs = { vpc_id: { sensitive: false, value: 'vpc-1' }, secret: { sensitive: true, value: 's' } };
    const { terraform, requests, events, commands, directory } = await prepare(() => ({
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
    const { terraform, commands } = await prepare(() => ({ stdout: ['{}'] }));
    await terraform.init({ backendConfig: { bucket: 'b' } });
    await terraform.outputs();
    expect(commands()).toEqual(['init -json -reconfigure -backend-config=bucket=b', 'output -json -no-color']);
  });

  it.each<[string, Preparation]>([
    ['another kind of backend', { backend: { local: { path: 'own.tfstate' } } }],
    ['no record of the backend', { hasRecord: false }],
  ])('reads outputs in the directory of the stack with %s', async (_title, preparation) => {
    const { terraform, requests, directory } = await prepare(() => ({ stdout: ['{}'] }), preparation);
    expect(await terraform.outputs()).toEqual({});
    expect(requests.at(-1)?.cwd).toBe(directory);
  });

  it('explains the output of a command without -json', async () => {
    const stderr = ['╷', '│ Error: No valid credential sources found', '╵'];
    const { terraform } = await prepare(() => ({ stderr, result: { exitCode: 1 } }));
    await expect(terraform.outputs()).rejects.toThrow('network: no AWS credentials were found - ');
  });

  it('reads a saved plan', async () => {
    const { terraform, commands } = await prepare(() => ({
      stdout: ['{"format_version":"1.2","resource_changes":[]}'],
    }));
    expect(await terraform.show('saved.tfplan')).toEqual({ format_version: '1.2', resource_changes: [] });
    expect(commands()).toEqual(['show -json -no-color saved.tfplan']);
  });

  it('saves the state that an earlier run could not save, and then removes it', async () => {
    let isSaved = false;
    const { terraform, commands, directory } = await prepare(() => {
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

  describe('beside another stack', () => {
    const ofRegistry = { resources: [{ mode: 'managed', type: 'aws_kms_key', name: 'Key' }] };

    async function prepareBoth(state: object) {
      await writeStack(root(), { resource: { aws_kms_key: { Key: {} } } }, 'registry');
      return await prepare(({ args }) => (args[1] === 'pull' ? { stdout: [JSON.stringify(state)] } : {}));
    }

    it.each(['plan', 'apply', 'destroy'] as const)('does not %s on the state of that one', async (verb) => {
      const { terraform, commands } = await prepareBoth(ofRegistry);
      await expect(terraform[verb]()).rejects.toThrow(
        'network: the state contains resources of the registry stack, and none of the network stack',
      );
      expect(commands()).toEqual(['state pull -no-color']);
    });

    it('accepts that there is no state yet', async () => {
      await writeStack(root(), {}, 'registry');
      const { terraform } = await prepare(({ args }) => (args[1] === 'pull' ? { stdout: [''] } : {}));
      await expect(terraform.plan()).resolves.toMatchObject({ hasChanges: false });
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

  describe('behind a script', () => {
    const remedy =
      'set NIGHTSHIFT_TERRAFORM to the Terraform binary itself, not to a wrapper script; in GitHub Actions set terraform_wrapper: false for hashicorp/setup-terraform';

    it('finds the answer among the lines of the script', async () => {
      const outputs = JSON.stringify({ vpc_id: { sensitive: false, value: 'vpc-1' } }, null, 2).split('\n');
      const { terraform } = await prepare(({ args }) =>
        args[0] === 'show'
          ? { stdout: ['[command]terraform-bin show', '{"format_version":"1.2"}', '::debug::exitcode: 0'] }
          : { stdout: ['[command]terraform-bin output', ...outputs, '', '::debug::exitcode: 0'] },
      );
      expect(await terraform.outputs()).toEqual({ vpc_id: 'vpc-1' });
      expect(await terraform.show('plan')).toEqual({ format_version: '1.2' });
    });

    it('says so when there is no answer', async () => {
      const { terraform } = await prepare(() => ({ stdout: ['', '\u001b[1mWelcome\u001b[0m', 'vpc_id = "vpc-1"'] }));
      await expect(terraform.outputs()).rejects.toThrow(
        `network: terraform output printed no JSON, got "Welcome" - ${remedy}`,
      );
    });

    it('does not take a plan without events for one without changes', async () => {
      const { terraform } = await prepare(() => ({ stdout: ['No changes. ', ''] }));
      await expect(terraform.plan()).rejects.toThrow(
        `network: terraform plan printed no JSON, got "No changes." - ${remedy}`,
      );
    });

    it('says when nothing came', async () => {
      const { terraform } = await prepare(() => ({ stdout: [] }));
      await expect(terraform.plan()).rejects.toThrow(
        `network: terraform plan printed no JSON, got nothing - ${remedy}`,
      );
    });
  });

  it('removes a lock', async () => {
    const { terraform, commands, events } = await prepare();
    await terraform.forceUnlock('1a2b');
    expect(commands()).toEqual(['init -json -reconfigure', 'force-unlock -force -no-color 1a2b']);
    expect(events.at(-1)).toEqual({ type: 'phase', phase: 'unlock' });
  });
});
