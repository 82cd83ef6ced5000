import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChosenStack } from './chosen-stack';
import type { Blocks, StackJson } from './placeholders';
import { fakeStack } from './testing/fake-stack';
import { planWithPlaceholders } from './plan-with-placeholders';

const read = (value: string) => `\${data.terraform_remote_state.cross-stack-reference-input-network.outputs.${value}}`;

/** Real Terraform with states on disk and its built-in resource: no provider, no network. */
describe('a speculative plan with the real Terraform', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = join(mkdtempSync(join(tmpdir(), 'speculative-')), 'dev');
  });
  afterEach(() => {
    rmSync(join(outdir, '..'), { recursive: true });
  });

  const terraformIn = async (directory: string) => {
    const { findTerraform, Terraform } = await import('@nightshift/terraform');
    const { binary, env } = await findTerraform({
      env: process.env,
      cacheDirectory: join(__dirname, '..', '..', '..', '..', '.nightshift'),
    });
    return new Terraform({ binary, env, directory, onEvent: () => undefined });
  };
  const stateOf = (stack: string) => join(outdir, `${stack}.tfstate`);

  /** A synthesized stack, initialized. */
  const prepare = async (
    name: string,
    json: StackJson,
  ): Promise<Pick<ChosenStack, 'name' | 'absoluteDirectory' | 'constructPath'>> => {
    const absoluteDirectory = join(outdir, 'stacks', name);
    mkdirSync(absoluteDirectory, { recursive: true });
    const terraform = { backend: { local: { path: stateOf(name) } } };
    writeFileSync(join(absoluteDirectory, 'cdk.tf.json'), JSON.stringify({ terraform, ...json }));
    await (await terraformIn(absoluteDirectory)).init();
    return { ...fakeStack, name, absoluteDirectory, constructPath: () => undefined };
  };
  const deployNetwork = async (...published: string[]) => {
    const output = Object.fromEntries(published.map((name) => [name, { value: `${name} of network` }]));
    const { absoluteDirectory } = await prepare('network', { output });
    await (await terraformIn(absoluteDirectory)).apply();
  };
  const compute = (resource: Blocks, output?: object) =>
    prepare('compute', {
      data: {
        terraform_remote_state: {
          'cross-stack-reference-input-network': { backend: 'local', config: { path: stateOf('network') } },
        },
      },
      resource: { terraform_data: resource },
      ...(output && { output }),
    });
  const both = { Vpc: { input: read('vpc_id') }, Subnets: { input: [read('subnet_ids_0'), read('subnet_ids_1')] } };

  it('knows the length of the lists of a stack that is not deployed, and nothing else', async () => {
    const stack = await compute(both, { count: { value: `\${length(terraform_data.Subnets.input)}` } });
    const planned = await planWithPlaceholders({ stack, lock: true, terraformIn });
    expect(planned).toMatchObject({
      missing: [{ stack: 'network', values: ['subnet_ids_0', 'subnet_ids_1', 'vpc_id'], all: true }],
      counts: { add: 2, change: 0, remove: 0, hasChanges: true },
      changes: {
        resources: [
          { address: 'terraform_data.Subnets', action: 'create' },
          { address: 'terraform_data.Vpc', action: 'create' },
        ],
        outputs: [{ path: 'count', after: '2' }],
      },
    });
  });

  it('uses published values, and shows the others as known after apply', async () => {
    await deployNetwork('vpc_id');
    const stack = await compute(both, { vpc: { value: read('vpc_id') }, subnet: { value: read('subnet_ids_0') } });
    const planned = await planWithPlaceholders({ stack, lock: true, terraformIn });
    expect(planned).toMatchObject({
      missing: [{ stack: 'network', values: ['subnet_ids_0', 'subnet_ids_1'], all: false }],
      changes: {
        outputs: [
          { path: 'subnet', after: '(known after apply)' },
          { path: 'vpc', after: '"vpc_id of network"' },
        ],
      },
    });
  });

  it('starts from the state of the stack, and does not change it', async () => {
    await deployNetwork('vpc_id');
    const before = await compute({ Vpc: { input: read('vpc_id') } });
    await (await terraformIn(before.absoluteDirectory)).apply();
    const stack = await compute({
      Vpc: { input: read('vpc_id') },
      New: { input: 'known', triggers_replace: read('subnet_ids_0') },
    });
    const planned = await planWithPlaceholders({ stack, lock: false, terraformIn });
    expect(planned?.changes.resources.map(({ address, action }) => [address, action])).toEqual([
      ['terraform_data.New', 'create'],
    ]);
    expect(planned?.counts).toMatchObject({ add: 1, change: 0, remove: 0 });
    expect(Object.keys(await (await terraformIn(stack.absoluteDirectory)).outputs())).toEqual([]);
    expect(readdirSync(stack.absoluteDirectory).sort()).toEqual(['.terraform', '.terraform.lock.hcl', 'cdk.tf.json']);
    expect(existsSync(join(outdir, 'speculative', 'compute'))).toBe(false);
  });

  it('reports that nothing of the stack would change, without its placeholders', async () => {
    const stack = await prepare('compute', {
      data: {
        terraform_remote_state: {
          'cross-stack-reference-input-network': { backend: 'local', config: { path: stateOf('network') } },
        },
      },
      locals: { unused: read('vpc_id') },
    });
    expect(await planWithPlaceholders({ stack, lock: true, terraformIn })).toMatchObject({
      counts: { add: 0, hasChanges: false },
      changes: { resources: [], outputs: [] },
    });
  });

  it('is not made if everything is published', async () => {
    await deployNetwork('vpc_id');
    const stack = await compute({ Vpc: { input: read('vpc_id') } });
    expect(await planWithPlaceholders({ stack, lock: true, terraformIn })).toBeUndefined();
  });
});
