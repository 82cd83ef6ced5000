import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessRequest } from '../run-process';
import type { TerraformOptions } from '../run-terraform';
import { Terraform } from '../terraform';
import type { TerraformEvent } from '../terraform-event';
import { type Script, scriptedProcess } from './scripted-process';
import { writeStack } from './write-stack';

export interface Preparation extends Partial<TerraformOptions> {
  readonly backend?: object;
  /** Whether `init` writes the backend record. */
  readonly hasRecord?: boolean;
}

/** Terraform on a stack in `root`. Every command except `init` prints `script`. */
export async function prepareTerraform(
  root: string,
  script: (request: ProcessRequest) => Script = () => ({}),
  { backend = { s3: { bucket: 'state-dev' } }, hasRecord = true, ...overrides }: Preparation = {},
) {
  const directory = await writeStack(root, { terraform: { backend } });
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
