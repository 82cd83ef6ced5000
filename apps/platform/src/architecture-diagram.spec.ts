import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEnvironment } from '@nightshift/testing';
import { architectureDiagram, type DrawnStack } from './architecture-diagram';
import { synthesize } from './synthesize';

const README = join(__dirname, '..', '..', '..', 'README.md');

describe('picture of the architecture', () => {
  it('names what is in a stack and what it reads from another', () => {
    const subnet = '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.subnet_ids_1}';
    const group = '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.group_id}';
    expect(
      architectureDiagram({
        network: { resource: { aws_vpc: { Vpc: {} }, aws_subnet: { A: {}, B: {} }, aws_route: { A: {} } } },
        compute: { resource: { aws_ecs_service: { Service: { subnets: [subnet], groups: [group] } } } },
      }),
    ).toBe(
      [
        'flowchart LR',
        '  network["<b>network</b><br/>VPC<br/>2 subnets<br/><i>4 resources</i>"]',
        '  compute["<b>compute</b><br/>Fargate service<br/><i>1 resources</i>"]',
        '  network -- "group_id<br/>subnet_ids" --> compute',
      ].join('\n'),
    );
  });

  it('R13.3 in the README is that of the stacks as they are synthesized', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'picture-'));
    try {
      synthesize(testEnvironment(), join(outdir, 'test'), '2026-01-01');
      const stack = (name: string) =>
        JSON.parse(readFileSync(join(outdir, 'test', 'stacks', name, 'cdk.tf.json'), 'utf8')) as DrawnStack;
      const names = ['network', 'registry', 'compute', 'observability'];
      const drawn = architectureDiagram(Object.fromEntries(names.map((name) => [name, stack(name)])));
      const [, shown] = /```mermaid\n([^]*?)\n```/.exec(readFileSync(README, 'utf8')) ?? [];
      expect(shown).toBe(drawn);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});
