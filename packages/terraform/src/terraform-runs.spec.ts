import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { findTerraform } from './find-terraform';
import type { TerraformOptions } from './run-terraform';
import { Terraform } from './terraform';
import { TerraformInterrupted } from './terraform-error';
import type { TerraformEvent } from './terraform-event';
import { writeStack } from './testing/write-stack';

/** Real Terraform with local state and its built-in resource: no provider, no network. */
describe('the real Terraform', () => {
  const root = temporaryDirectory();
  const found = findTerraform({ env: process.env, cacheDirectory: join(__dirname, '..', '..', '..', '.nightshift') });

  interface Stack extends Partial<TerraformOptions> {
    readonly resource?: object;
    readonly output?: object;
    readonly suffix?: string;
  }

  async function prepare({ resource = {}, output, suffix = 'dev', ...overrides }: Stack) {
    const terraform = { backend: { local: { path: 'own.tfstate' } } };
    const configuration = { terraform, resource: { terraform_data: resource }, ...(output && { output }) };
    const directory = await writeStack(root(), configuration, 'network', suffix);
    const events: TerraformEvent[] = [];
    const { binary, env } = await found;
    const onEvent = (event: TerraformEvent) => events.push(event);
    return { terraform: new Terraform({ binary, directory, env, onEvent, ...overrides }), directory, events };
  }

  const lockIn = (directory: string) => join(directory, '.own.tfstate.lock.info');

  it('deploys and destroys a stack', async () => {
    const { terraform, events } = await prepare({
      resource: { A: { input: 'x' } },
      output: { name: { value: '${terraform_data.A.output}' }, secret: { value: 's', sensitive: true } },
    });
    expect(await terraform.init()).toEqual({ skipped: false });
    expect(await terraform.outputs()).toEqual({});
    expect(await terraform.plan({ out: 'saved.tfplan' })).toMatchObject({ add: 1, hasChanges: true });
    expect((await terraform.show('saved.tfplan')).resource_changes).toMatchObject([
      { address: 'terraform_data.A', change: { actions: ['create'] } },
    ]);
    expect(await terraform.apply({ planFile: 'saved.tfplan' })).toMatchObject({ add: 1, outputs: { name: 'x' } });
    expect(await terraform.outputs()).toEqual({ name: 'x' });
    expect(await terraform.init()).toEqual({ skipped: true });
    expect(await terraform.plan()).toMatchObject({ hasChanges: false });
    await expect(terraform.apply({ planFile: 'saved.tfplan' })).rejects.toThrow(
      'network: the state has changed since this plan was made - plan again and review it: npx nx run network:plan -c dev',
    );
    expect(await terraform.destroy()).toMatchObject({ remove: 1, hasChanges: true });
    expect(await terraform.outputs()).toEqual({});
    expect(events).toContainEqual({
      type: 'resource',
      status: 'done',
      address: 'terraform_data.A',
      action: 'delete',
      elapsedSeconds: 0,
    });
  });

  it('recovers after .terraform is deleted', async () => {
    const { terraform, directory } = await prepare({ resource: { A: {} } });
    await terraform.init();
    await rm(join(directory, '.terraform'), { recursive: true });
    expect(await terraform.apply()).toMatchObject({ add: 1 });
  });

  it('runs two environments of one checkout at the same time', async () => {
    const run = async (suffix: string) => {
      const { terraform, directory } = await prepare({ resource: { A: { input: suffix } }, suffix });
      await terraform.init();
      await terraform.apply();
      return await readFile(join(directory, 'own.tfstate'), 'utf8');
    };
    const [dev, preview] = await Promise.all([run('dev'), run('pr-123')]);
    expect(dev).toContain('"value": "dev"');
    expect(preview).toContain('"value": "pr-123"');
  });

  it('stops cleanly on an interruption: saves the state, releases the lock, and the next run continues', async () => {
    const interrupt = new AbortController();
    const slow = { depends_on: ['terraform_data.First'], provisioner: [{ 'local-exec': { command: 'sleep 60' } }] };
    const stack = { First: {}, Slow: slow, Last: { depends_on: ['terraform_data.Slow'] } };
    const { terraform, directory } = await prepare({
      resource: stack,
      interrupt: interrupt.signal,
      onEvent: (event) => {
        if (event.type !== 'resource' || event.action !== 'provision' || interrupt.signal.aborted) return;
        expect(existsSync(lockIn(directory))).toBe(true);
        interrupt.abort();
      },
    });
    await terraform.init();
    await expect(terraform.apply()).rejects.toThrow(TerraformInterrupted);
    expect(existsSync(lockIn(directory))).toBe(false);
    const next = await prepare({ resource: { ...stack, Slow: { depends_on: slow.depends_on } } });
    expect(await next.terraform.apply()).toMatchObject({ add: 2, replace: 1 });
  });

  it('names the run that holds the state lock, and how to remove the lock', async () => {
    const slow = { provisioner: [{ 'local-exec': { command: 'sleep 60' } }] };
    const interrupt = new AbortController();
    const { terraform, directory } = await prepare({ resource: { Slow: slow }, interrupt: interrupt.signal });
    await terraform.init();
    const running = terraform.apply().catch((error: unknown) => error);
    while (!existsSync(lockIn(directory))) await new Promise((resolve) => setTimeout(resolve, 20));
    const other = (await prepare({ resource: { Slow: slow }, lockTimeoutSeconds: 0 })).terraform;
    const { ID, Who } = JSON.parse(await readFile(lockIn(directory), 'utf8')) as { ID: string; Who: string };
    await expect(other.plan()).rejects.toThrow(`network: the state is locked by ${Who} since `);
    await expect(other.plan()).rejects.toThrow(
      `if it crashed, unlock the state: npx nightshift unlock network ${ID} -c dev`,
    );
    interrupt.abort();
    await running;
  });
});
