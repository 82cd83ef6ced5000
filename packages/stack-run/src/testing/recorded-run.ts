import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackVerbRun } from './stack-verb-run';

const remote = { backend: 's3', config: { bucket: 'state', key: 'dev/network.tfstate' } };

/** Verbs on network and compute, whose applies write a state. */
export class RecordedRun extends StackVerbRun {
  private serial = 0;

  constructor() {
    super();
    for (const stack of ['network', 'compute']) this.configure(stack, {});
    this.terraform.whileRunning = () => this.writeState('network', 'vpc-1');
  }

  directory(stack: string): string {
    return join(this.effects.root, 'cdktf.out/dev/stacks', stack);
  }

  /** Writes the configuration of a stack; compute reads the value `vpc_id` of network. */
  configure(stack: string, tags: object, backend: object = { s3: { bucket: 'state', key: `dev/${stack}.tfstate` } }) {
    const data = { terraform_remote_state: { 'cross-stack-reference-input-network': remote } };
    const id = '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.vpc_id}';
    const own = { resource: { aws_vpc: { Vpc_1A: { tags, ...(stack === 'compute' && { id }) } } } };
    const json = { terraform: { backend }, ...own, ...(stack === 'compute' && { data }) };
    writeFileSync(join(this.directory(stack), 'cdk.tf.json'), JSON.stringify(json));
  }

  async writeState(stack: string, vpcId: string): Promise<void> {
    this.serial += 1;
    const outputs = { vpc_id: { value: vpcId }, secret: { value: 's', sensitive: true } };
    const state = { version: 4, serial: this.serial, lineage: 'l', outputs };
    await this.effects.stored.write('state', `dev/${stack}.tfstate`, JSON.stringify(state));
  }

  /** Changes the state of network without a new version of its object. */
  async changeState(change: (state: object) => object): Promise<void> {
    const { stored } = this.effects;
    const before = stored.objects.get('state/dev/network.tfstate') as {
      readonly text: string;
      readonly version: string;
    };
    const text = JSON.stringify(change(JSON.parse(before.text) as object));
    stored.objects.set('state/dev/network.tfstate', { ...before, text });
  }

  useTerraform(version: string): void {
    const { installation } = this.effects;
    this.effects.installation = async (...given) => {
      const installed = await installation(...given);
      return { ...installed, binary: { ...installed.binary, version } };
    };
  }

  /** Runs a verb. Returns whether it started Terraform. */
  async starts(line = 'deploy network -c dev'): Promise<boolean> {
    this.terraform.calls.length = 0;
    await this.run(line);
    return this.terraform.calls.length > 0;
  }

  /** Runs a verb. Returns only its own output. */
  async printed(line: string) {
    this.effects.printed.stdout = '';
    return await this.run(line);
  }
}
