import { askVersion } from './ask-version';
import { scriptedProcess, type Script } from './testing/scripted-process';

async function ask(script: Script) {
  const { run, requests } = scriptedProcess(() => script);
  const binary = await askVersion('/bin/terraform', { env: { HOME: '/home/ada' }, cwd: '/work', run });
  return { binary, request: requests[0] };
}

describe('askVersion', () => {
  it('reads the version of Terraform, asked without a look at the network', async () => {
    const { binary, request } = await ask({ stdout: ['Terraform v1.11.4', 'on linux_amd64', '+ provider x v5.100.0'] });
    expect(binary).toEqual({ path: '/bin/terraform', version: '1.11.4', product: 'terraform' });
    expect(request).toMatchObject({
      file: '/bin/terraform',
      args: ['version'],
      cwd: '/work',
      env: { HOME: '/home/ada', CHECKPOINT_DISABLE: '1' },
    });
  });

  it('knows OpenTofu by its answer, not by its file name', async () => {
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
