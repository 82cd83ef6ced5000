import { Model } from '../model/model';
import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import { type NetworkChanges, networkWith } from '../reachability/network.fixture';
import { tasksBehindLoadBalancer } from './tasks-behind-load-balancer';

const checked = (changes: NetworkChanges = {}) => findingsIn(tasksBehindLoadBalancer, networkWith(changes));
const ingress = (name: string, attributes: object) => ({
  aws_vpc_security_group_ingress_rule: { [name]: { ...attributes } },
});
const tasks = '${aws_security_group.Tasks.id}';
const fix = 'allow only the security group of the load balancer';

describe('tasks-behind-load-balancer (R1.3)', () => {
  it('accepts tasks that only the load balancer can reach, on the port of the container', () => {
    expect(checked()).toEqual([]);
  });

  it('refuses tasks and other resources that the internet can reach directly', () => {
    const open = {
      ...ingress('Open', {
        security_group_id: '${aws_security_group.Endpoints.id}',
        ip_protocol: 'tcp',
        from_port: 22,
        to_port: 22,
        cidr_ipv4: '0.0.0.0/0',
      }),
      aws_instance: {
        Bastion: {
          subnet_id: '${aws_subnet.Public0.id}',
          associate_public_ip_address: true,
          vpc_security_group_ids: ['${aws_security_group.Endpoints.id}'],
        },
      },
    };
    expect(checked(open)).toEqual([
      'aws_instance.Bastion: tcp 22 from the internet, as aws_instance.Bastion has a public address, aws_route.Public routes 0.0.0.0/0 of aws_subnet.Public0 to aws_internet_gateway.I, aws_vpc_security_group_ingress_rule.Open allows tcp 22 from 0.0.0.0/0 - remove its public address; clients use the load balancer',
    ]);
  });

  it('refuses other clients in the security group of the tasks, with or without a public address', () => {
    expect(
      checked(
        ingress('More', {
          security_group_id: tasks,
          ip_protocol: 'tcp',
          from_port: 8080,
          to_port: 8080,
          cidr_ipv4: '10.0.0.0/16',
        }),
      ),
    ).toEqual([`aws_vpc_security_group_ingress_rule.More: tcp 8080 from 10.0.0.0/16 - ${fix}`]);
    expect(checked(ingress('Tasks', { referenced_security_group_id: tasks }))).toEqual([
      `aws_vpc_security_group_ingress_rule.Tasks: tcp 8080 from group aws_security_group.Tasks - ${fix}`,
    ]);
    const empty = {
      ...ingress('Tasks', { referenced_security_group_id: '${aws_security_group.Empty.id}' }),
      aws_security_group: { Empty: {} },
    };
    expect(checked(empty)).toEqual([
      `aws_vpc_security_group_ingress_rule.Tasks: tcp 8080 from group aws_security_group.Empty - ${fix}`,
    ]);
  });

  it('refuses a load balancer that sends nothing to the tasks', () => {
    expect(checked({ aws_lb_listener: { Http: null } })).toEqual([
      `aws_vpc_security_group_ingress_rule.Tasks: tcp 8080 from group aws_security_group.Balancer - ${fix}`,
    ]);
  });

  it.each([
    [{ to_port: 9000 }, 'tcp 8080-9000'],
    [{ ip_protocol: '-1' }, 'all traffic'],
    [{ from_port: 80, to_port: 80 }, 'tcp 80'],
  ])('refuses other ports of the tasks: %j', (changes, ports) => {
    expect(checked(ingress('Tasks', changes))).toEqual([
      `aws_vpc_security_group_ingress_rule.Tasks: ${ports} from group aws_security_group.Balancer - allow only tcp 8080`,
    ]);
  });

  it('accepts the previous port of the container if the environment has it', () => {
    const previous = ingress('Previous', {
      security_group_id: tasks,
      ip_protocol: 'tcp',
      from_port: 7070,
      to_port: 7070,
      referenced_security_group_id: '${aws_security_group.Balancer.id}',
    });
    const environment = environmentWith({ container: { previousPort: 7070 } });
    expect(findingsIn(tasksBehindLoadBalancer, networkWith(previous, environment))).toEqual([]);
    expect(checked(previous)).toEqual([
      'aws_vpc_security_group_ingress_rule.Previous: tcp 7070 from group aws_security_group.Balancer - allow only tcp 8080',
    ]);
  });

  it('does not check the members of a group of another configuration in a plan', () => {
    const more = { security_group_id: tasks, ip_protocol: 'tcp', from_port: 8080, to_port: 8080 };
    const planned = (changes: NetworkChanges) =>
      findingsIn(tasksBehindLoadBalancer, new Model({ source: 'plan', stacks: networkWith(changes).stacks }));
    expect(planned(ingress('More', { ...more, referenced_security_group_id: 'sg-1' }))).toEqual([
      'aws_vpc_security_group_ingress_rule.More: not checked: the source of tcp 8080 from sg-1 refers to something outside of the plan',
    ]);
    expect(
      planned({
        ...ingress('More', { ...more, referenced_security_group_id: '${aws_security_group.Empty.id}' }),
        aws_security_group: { Empty: {} },
      }),
    ).toEqual([
      'aws_vpc_security_group_ingress_rule.More: not checked: the source of tcp 8080 from group aws_security_group.Empty refers to something outside of the plan',
    ]);
  });

  it('does not apply to a load balancer without tasks', () => {
    const balancer = {
      aws_lb: { L: { security_groups: ['${aws_security_group.G.id}'] } },
      aws_security_group: { G: {} },
    };
    expect(findingsIn(tasksBehindLoadBalancer, modelWith(balancer))).toBe('not applicable');
  });
});
