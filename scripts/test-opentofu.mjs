// Terraform and OpenTofu work on one state in turn: each must plan no changes after an apply by the other. Uses the AWS provider through a
// provider host, and no AWS account. Run it with `npm run test:opentofu`.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { root } from './ensure-installed.mjs';

const { findProviders, findTerraform, Terraform } = await import('../packages/terraform/src/index.ts');

const cacheDirectory = join(root, '.nightshift');
const tofu =
  process.env.NIGHTSHIFT_TOFU ??
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'tofu'))
    .find((file) => existsSync(file));
if (tofu === undefined) {
  console.log(
    'skipped: OpenTofu not found - install it (https://opentofu.org/docs/intro/install/) or set NIGHTSHIFT_TOFU to it, then run npm run test:opentofu',
  );
  process.exit(0);
}

const binaryAt = async (path) => {
  const env = path === undefined ? process.env : { ...process.env, NIGHTSHIFT_TERRAFORM: path };
  return (await findTerraform({ env, cacheDirectory, onProgress: console.log })).binary;
};
const binaries = { terraform: await binaryAt(process.env.NIGHTSHIFT_TERRAFORM), opentofu: await binaryAt(tofu) };
for (const [product, binary] of Object.entries(binaries)) assert.equal(binary.product, product);
const providers = await findProviders({ env: process.env, cacheDirectory });

/** The provider requirements of a real stack, around resources that need no AWS. */
async function configuration(value) {
  const { synthesizedStacks } = await import('../apps/platform/src/index.ts');
  const { loadEnvironment } = await import('../packages/config/src/index.ts');
  const { registry } = synthesizedStacks(loadEnvironment({ directory: join(root, 'environments'), name: 'local' }));
  const offline = {
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: 'true',
  };
  return {
    terraform: {
      backend: { local: { path: 'own.tfstate' } },
      required_providers: registry.terraform.required_providers,
    },
    provider: { aws: [{ region: 'us-east-1', access_key: 'test', secret_key: 'test', ...offline }] },
    data: { aws_iam_policy_document: { Read: { statement: [{ actions: ['s3:GetObject'], resources: ['*'] }] } } },
    resource: {
      terraform_data: { Value: { input: [value, '${data.aws_iam_policy_document.Read.json}'] } },
    },
  };
}

const outdir = await mkdtemp(join(tmpdir(), 'nightshift-opentofu-'));
const directory = join(outdir, 'dev', 'stacks', 'registry');
try {
  await mkdir(directory, { recursive: true });
  const write = async (value) => {
    await writeFile(join(directory, 'cdk.tf.json'), JSON.stringify(await configuration(value)));
  };
  const runs = async (product) => {
    const program = join(root, 'packages', 'cli', 'bin', 'provider-host.mjs');
    const note = (text) => assert.fail(text);
    const providerHost = { program, owner: process.pid, cacheDirectory, note };
    // There must also be no warning, such as one about the lock file.
    const onEvent = (event) => assert.notEqual(event.type, 'diagnostic', JSON.stringify(event));
    const terraform = new Terraform({
      binary: binaries[product],
      directory,
      env: providers.env,
      onEvent,
      providerHost,
    });
    await terraform.init();
    return terraform;
  };
  const addresses = async () => {
    const { resources } = JSON.parse(await readFile(join(directory, 'own.tfstate'), 'utf8'));
    return resources.map(({ provider }) => provider).sort();
  };

  await write('one');
  for (const [value, first, second] of [
    ['one', 'terraform', 'opentofu'],
    ['two', 'opentofu', 'terraform'],
  ]) {
    await write(value);
    assert.equal((await (await runs(first)).apply()).hasChanges, true);
    const written = await addresses();
    assert.deepEqual(written, [
      'provider["registry.terraform.io/hashicorp/aws"]',
      'provider["terraform.io/builtin/terraform"]',
    ]);
    assert.equal((await (await runs(second)).plan()).hasChanges, false);
    assert.deepEqual(await addresses(), written);
    console.log(`${second} plans no changes on the state of ${first}`);
  }
} finally {
  await rm(outdir, { recursive: true, force: true });
}
