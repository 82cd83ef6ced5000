import { describePath } from './connections';
import { type NetworkChanges, networkWith } from './network.fixture';
import { reach } from './reach';

const ways = (from: string, to: string, changes: NetworkChanges = {}) =>
  reach(networkWith(changes), { from, to }).map((path) => describePath(path)[0]);
const anywhere = { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' };
const group = (name: string) => `\${aws_security_group.${name}.id}`;
const service = (changes: object) => ({
  aws_ecs_service: {
    S: {
      network_configuration: { subnets: ['${aws_subnet.Public0.id}'], security_groups: [group('Tasks')], ...changes },
    },
  },
});

describe('network paths (R1.3)', () => {
  it('have every reason', () => {
    expect(reach(networkWith(), { from: 'internet', to: 'tasks' }).map(describePath)).toEqual([
      [
        'internet -> aws_lb.L (tcp 80) -> aws_ecs_service.S (tcp 8080)',
        '  aws_lb.L: has a public address',
        '  aws_route.Public: routes 0.0.0.0/0 of aws_subnet.Public0 to aws_internet_gateway.I',
        '  aws_vpc_security_group_ingress_rule.Http: allows tcp 80 from 0.0.0.0/0',
        '  aws_vpc_security_group_egress_rule.Balancer: allows tcp 8080 to aws_ecs_service.S',
        '  aws_vpc_security_group_ingress_rule.Tasks: allows tcp 8080 from aws_lb.L',
      ],
    ]);
    expect(reach(networkWith(), { from: 'tasks', to: 's3' }).map(describePath)).toEqual([
      [
        'aws_ecs_service.S -> aws_vpc_endpoint.s3 (tcp 443)',
        '  aws_vpc_security_group_egress_rule.S3: allows tcp 443 to s3',
        '  aws_vpc_endpoint.s3: is in the route table of aws_subnet.Private0',
      ],
    ]);
  });

  it.each([
    ['no route', { aws_route: { Public: null } }],
    ['no public address', { aws_lb: { L: { internal: true } } }],
    ['no rule', { aws_vpc_security_group_ingress_rule: { Http: null } }],
    ['no rule but for the VPC', { aws_vpc_security_group_ingress_rule: { Http: { cidr_ipv4: '10.0.1.0/24' } } }],
    ['no listener', { aws_lb_listener: { Http: { port: 81 } } }],
    ['no target group', { aws_lb_listener: { Http: { default_action: [] } } }],
    ['no rule of the tasks', { aws_vpc_security_group_ingress_rule: { Tasks: { from_port: 81, to_port: 81 } } }],
    ['no rule to the tasks', { aws_vpc_security_group_egress_rule: { Balancer: null } }],
  ])('do not exist from the internet to tasks with %s', (_, changes) => {
    expect(ways('internet', 'tasks', changes)).toEqual([]);
  });

  it('exist to a service in a public subnet with a public address and an open security group', () => {
    const open = {
      aws_vpc_security_group_ingress_rule: { Open: { security_group_id: group('Tasks'), ...anywhere }, Http: null },
    };
    expect(ways('internet', 'tasks', { ...open, ...service({ assign_public_ip: true }) })).toEqual([
      'internet -> aws_ecs_service.S (all traffic)',
    ]);
    expect(ways('internet', 'tasks', { ...open, ...service({ assign_public_ip: false }) })).toEqual([]);
    expect(ways('internet', 'tasks', open)).toEqual([]);
  });

  it('follow the rules of a listener, and both target groups of a release', () => {
    const rule = {
      aws_lb_listener: { Http: { default_action: [] } },
      aws_lb_listener_rule: {
        R: {
          listener_arn: '${aws_lb_listener.Http.arn}',
          action: [{ target_group_arn: '${aws_lb_target_group.Blue.arn}' }],
        },
        Other: { listener_arn: 'arn', action: [] },
      },
    };
    expect(ways('internet', 'tasks', rule)).toHaveLength(1);
    const release = {
      aws_lb_listener: {
        Http: { default_action: [{ forward: [{ target_group: [{ arn: '${aws_lb_target_group.Green.arn}' }] }] }] },
      },
      aws_codedeploy_deployment_group: {
        G: {
          ecs_service: { service_name: 'service' },
          load_balancer_info: { target_group_pair_info: { target_group: [{ name: 'blue' }, { name: 'green' }] } },
        },
      },
    };
    expect(ways('internet', 'tasks', release)).toHaveLength(1);
  });

  it('exist from tasks to the internet through a NAT gateway, or with a public address through the internet gateway', () => {
    const out = { aws_vpc_security_group_egress_rule: { Out: { security_group_id: group('Tasks'), ...anywhere } } };
    expect(ways('tasks', 'internet', out)).toEqual(['aws_ecs_service.S -> internet (all traffic)']);
    expect(ways('tasks', 'internet')).toEqual([]);
    expect(ways('tasks', 'internet', { ...out, ...service({ assign_public_ip: true }) })).toHaveLength(1);
    expect(ways('tasks', 'internet', { ...out, ...service({}) })).toEqual([]);
    expect(
      ways('tasks', 'internet', { ...out, aws_route: { Private0: null, Private1: null, Private2: null } }),
    ).toEqual([]);
  });

  it('exist to an S3 endpoint by prefix list or by any destination, if the route table has it', () => {
    const wide = { S3: null, Out: { security_group_id: group('Tasks'), ...anywhere } };
    expect(ways('tasks', 's3', { aws_vpc_security_group_egress_rule: wide })).toHaveLength(1);
    const unknown = { S3: { prefix_list_id: 'pl-1' } };
    expect(ways('tasks', 's3', { aws_vpc_security_group_egress_rule: unknown })).toEqual([]);
    expect(ways('tasks', 's3', { aws_vpc_endpoint: { s3: { route_table_ids: [] } } })).toEqual([]);
    expect(
      ways('tasks', 's3', { aws_route_table_association: { Private0: null, Private1: null, Private2: null } }),
    ).toEqual([]);
  });

  it('exist within one VPC, by security group or by network', () => {
    expect(ways('tasks', 'endpoints')).toHaveLength(4);
    expect(ways('endpoints', 'tasks')).toEqual([]);
    const byNetwork = {
      aws_vpc_security_group_egress_rule: {
        Endpoints: { referenced_security_group_id: undefined, cidr_ipv4: '10.0.10.0/23' },
      },
    };
    expect(ways('tasks', 'aws_vpc_endpoint.logs', byNetwork)).toHaveLength(1);
    const elsewhere = {
      aws_subnet: Object.fromEntries([0, 1, 2].map((zone) => [`Private${zone}`, { cidr_block: undefined }])),
    };
    expect(ways('tasks', 'aws_vpc_endpoint.logs', { ...byNetwork, ...elsewhere })).toHaveLength(1);
    const apart = {
      aws_vpc_endpoint: { logs: { subnet_ids: ['${aws_subnet.Far.id}'] } },
      aws_subnet: { Far: { vpc_id: 'vpc-2' } },
    };
    expect(ways('tasks', 'aws_vpc_endpoint.logs', apart)).toEqual([]);
  });

  it('include every other resource with a security group, whether its VPC is known or not', () => {
    const changes = (subnet: string) => ({
      aws_instance: {
        Bastion: {
          associate_public_ip_address: true,
          subnet_id: `\${aws_subnet.${subnet}.id}`,
          vpc_security_group_ids: [group('Balancer')],
        },
        Alone: { vpc_security_group_ids: [] },
      },
      aws_subnet: { Far: { vpc_id: 'vpc-2' } },
      aws_route_table_association: {
        Far: { subnet_id: '${aws_subnet.Far.id}', route_table_id: '${aws_route_table.Public.id}' },
      },
    });
    const open = ['internet -> aws_instance.Bastion (tcp 80)'];
    expect(ways('internet', 'aws_instance.Bastion', changes('Public0'))).toEqual(open);
    expect(ways('internet', 'aws_instance.Bastion', changes('Far'))).toEqual(open);
  });

  it('include all networks of a VPC', () => {
    const second = {
      aws_vpc_ipv4_cidr_block_association: { A: { vpc_id: '${aws_vpc.V.id}', cidr_block: '192.0.2.0/24' } },
      aws_vpc_security_group_ingress_rule: { Http: { cidr_ipv4: '192.0.2.0/24' } },
    };
    expect(ways('internet', 'load-balancer', second)).toEqual([]);
    expect(ways('internet', 'load-balancer', { ...second, aws_vpc_ipv4_cidr_block_association: {} })).toHaveLength(1);
  });

  it('are refused for unknown places', () => {
    expect(() => ways('internet', 'moon')).toThrow(
      '--to: is not a place in this network, got moon - use one of internet, load-balancer, tasks, endpoints, aws_vpc_endpoint.ecrapi, aws_vpc_endpoint.ecrdkr, aws_vpc_endpoint.ecs, aws_vpc_endpoint.logs, aws_lb.L, aws_ecs_service.S, s3',
    );
    expect(() => ways('internet', 'tasks', { aws_ecs_service: { S: null } })).toThrow(
      /^--to: is not a place in this network, got tasks - use one of internet, load-balancer, endpoints, aws_/,
    );
    expect(() => ways('moon', 'internet')).toThrow(/^--from: is not a place in this network, got moon - /);
  });
});
