import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { TerraformError, TerraformInterrupted } from './terraform-error';
import { prepareTerraform } from './testing/prepare-terraform';
import { recordedOutput } from './testing/recorded-output';

const notInstalled = JSON.stringify({
  type: 'diagnostic',
  diagnostic: { severity: 'error', summary: 'Required plugins are not installed', detail: '' },
});

describe('Terraform', () => {
  const root = temporaryDirectory();

  it('runs Terraform in the directory of the stack, with its own environment', async () => {
    const { terraform, requests, directory } = await prepareTerraform(root());
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
    const { terraform, events } = await prepareTerraform(root(), () => ({ stdout: recordedOutput('no-change-plan') }));
    expect(await terraform.plan()).toMatchObject({ hasChanges: false });
    expect(events[0]).toEqual({ type: 'phase', phase: 'plan' });
    expect(events.at(-1)).toEqual({ type: 'summary', operation: 'plan', add: 0, change: 0, remove: 0 });
  });

  it('needs no settings of a complete backend', async () => {
    const { terraform, commands } = await prepareTerraform(root());
    expect(await terraform.init()).toEqual({ skipped: false });
    expect(await terraform.init()).toEqual({ skipped: true });
    expect(commands()).toEqual(['init -json -reconfigure']);
  });

  it('plans with the given options', async () => {
    const { terraform, commands } = await prepareTerraform(root());
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
    const { terraform, commands } = await prepareTerraform(root(), undefined, { lockTimeoutSeconds: 60 });
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

    it('refreshes the state if a resource is already deleted, and destroys the rest', async () => {
      const { terraform, commands } = await prepareTerraform(root(), ({ args }) =>
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
      const { terraform, commands } = await prepareTerraform(root(), () =>
        failing('deleting EC2 VPC: DependencyViolation'),
      );
      await expect(terraform.destroy()).rejects.toThrow('DependencyViolation');
      expect(commands()).toHaveLength(1);
    });
  });

  it('suggests commands with the given configuration', async () => {
    const stdout = [
      JSON.stringify({ type: 'diagnostic', diagnostic: { severity: 'error', summary: 'Saved plan is stale' } }),
    ];
    const { terraform } = await prepareTerraform(root(), () => ({ stdout, result: { exitCode: 1 } }), {
      configuration: 'preview',
    });
    await expect(terraform.apply({ planFile: 'p' })).rejects.toThrow(
      'network: the state has changed since this plan was made - plan again and review it: ENVIRONMENT_SUFFIX=dev npx nx run network:plan -c preview',
    );
  });

  it('initializes again with the same settings if the results of an earlier init are deleted', async () => {
    let plans = 0;
    const { terraform, commands } = await prepareTerraform(root(), () => {
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
    const { terraform } = await prepareTerraform(root(), () => ({ stdout: [notInstalled], result: { exitCode: 1 } }));
    await expect(terraform.plan()).rejects.toThrow(
      'network: Required plugins are not installed - delete the .terraform directory of this stack, then run the same command again',
    );
  });

  it('rethrows a defect', async () => {
    const { terraform } = await prepareTerraform(root(), () => {
      throw new TypeError('defect');
    });
    await expect(terraform.plan()).rejects.toThrow(TypeError);
  });

  it.each(['apply', 'destroy'] as const)('refuses to %s while there is an unsaved state', async (verb) => {
    const { terraform, requests, directory } = await prepareTerraform(root());
    await writeFile(join(directory, 'errored.tfstate'), '{}');
    const attempt = terraform[verb]();
    await expect(attempt).rejects.toThrow(TerraformError);
    await expect(attempt).rejects.toThrow(
      `network: the changes are recorded only in ${directory}/errored.tfstate - save it before the next deploy: npx nightshift push-state network -c dev`,
    );
    expect(requests).toEqual([]);
  });

  it('starts no command after an interruption', async () => {
    const { terraform, requests, events } = await prepareTerraform(root(), undefined, {
      interrupt: AbortSignal.abort(),
    });
    await expect(terraform.plan()).rejects.toThrow('interrupted; nothing was changed - run the same command again');
    expect([...requests, ...events]).toEqual([]);
  });

  it('forwards both signals and reports the end', async () => {
    const [interrupt, kill] = [new AbortController(), new AbortController()];
    const stopped = { stdout: recordedOutput('interrupted-apply'), result: { exitCode: 1 } };
    const { terraform, requests } = await prepareTerraform(
      root(),
      () => {
        (interrupt.signal.aborted ? kill : interrupt).abort();
        return stopped;
      },
      { interrupt: interrupt.signal, kill: kill.signal },
    );
    await expect(terraform.apply()).rejects.toThrow(TerraformInterrupted);
    expect(requests[0]).toMatchObject({ interrupt: interrupt.signal, kill: kill.signal });
  });
});
