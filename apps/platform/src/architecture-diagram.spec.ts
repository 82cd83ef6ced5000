import { architectureDiagram } from './architecture-diagram';

describe('architecture diagram', () => {
  it('shows the resources of a stack and the values that it reads from another one', () => {
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
        '  compute["<b>compute</b><br/>Fargate service<br/><i>1 resource</i>"]',
        '  network -- "group_id<br/>subnet_ids" --> compute',
      ].join('\n'),
    );
  });

  it('shows a new stack without resources', () => {
    expect(architectureDiagram({ audit: {} })).toBe('flowchart LR\n  audit["<b>audit</b><br/><i>0 resources</i>"]');
  });

  it('shows the first four values of a longer list', () => {
    const read = (value: string) =>
      `\${data.terraform_remote_state.cross-stack-reference-input-network.outputs.${value}}`;
    const values = ['a', 'b', 'c', 'd', 'e', 'f'].map(read);
    expect(architectureDiagram({ compute: { resource: { aws_route: { Route: { values } } } } })).toContain(
      '  network -- "a<br/>b<br/>c<br/>d<br/><i>and 2 more</i>" --> compute',
    );
  });
});
