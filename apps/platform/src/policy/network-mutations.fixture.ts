import type { Json, MutationTable } from './mutation.fixture';

const anyone = (group: Json): Json => ({
  '//': { metadata: { path: 'network/Added' } },
  security_group_id: group,
  description: 'added',
  ip_protocol: 'tcp',
  from_port: 8080,
  to_port: 8080,
  cidr_ipv4: '0.0.0.0/0',
  tags: {
    Environment: 'rich',
    Project: 'Nightshift',
    CostCenter: 'risk-analytics',
    Name: 'security-group-rule-added-rich',
  },
});

/** Faults in the network that rules must find. */
export const networkMutations: MutationTable = {
  'three-availability-zones': [
    {
      title: 'two private subnets are in one zone',
      apply: (stacks) =>
        (stacks.at('network/Vpc/Private1').availability_zone = stacks.at('network/Vpc/Private0').availability_zone),
    },
    {
      title: 'a subnet overlaps another one',
      apply: (stacks) => (stacks.at('network/Vpc/Private1').cidr_block = stacks.at('network/Vpc/Public0').cidr_block),
    },
    {
      title: 'a subnet has no route table',
      apply: (stacks) => stacks.remove('network/InternetAccess/PrivateAssociation1'),
    },
    {
      title: 'a route uses the NAT gateway of another zone',
      apply: (stacks) =>
        (stacks.at('network/InternetAccess/PrivateRoute1').nat_gateway_id = stacks.at(
          'network/InternetAccess/PrivateRoute0',
        ).nat_gateway_id),
    },
  ],
  'tasks-behind-load-balancer': [
    {
      title: 'a rule allows the internet to reach tasks',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/Tasks', 'id'));
        stacks.add('network', 'aws_vpc_security_group_ingress_rule', 'Added', rule);
      },
    },
    {
      title: 'a rule allows tasks to reach each other',
      apply: (stacks) =>
        (stacks.at('network/SecurityGroups/TasksFromLoadBalancer:8080').referenced_security_group_id = stacks.reference(
          'network/SecurityGroups/Tasks',
          'id',
        )),
    },
    {
      title: 'a rule opens every port of the tasks',
      apply: (stacks) => (stacks.at('network/SecurityGroups/TasksFromLoadBalancer:8080').from_port = 1),
    },
    {
      title: 'tasks are in public subnets, with public addresses, open to the internet',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/Tasks', 'id'));
        stacks.add('network', 'aws_vpc_security_group_ingress_rule', 'Added', rule);
        const { network_configuration: network } = stacks.at('compute/Service/Resource');
        network.assign_public_ip = true;
        network.subnets = stacks.at('compute/LoadBalancer/Resource').subnets;
      },
    },
  ],
  'service-reachable': [
    {
      title: 'no rule allows the load balancer to reach the tasks',
      apply: (stacks) => stacks.remove('network/SecurityGroups/LoadBalancerToTasks:8080'),
    },
    {
      title: 'the public subnets have no route to the internet',
      apply: (stacks) => stacks.remove('network/InternetAccess/PublicRoute'),
    },
    {
      title: 'a network ACL has no rules',
      apply: (stacks) => {
        const vpc = stacks.reference('network/Vpc/Resource', 'default_network_acl_id');
        const metadata = { path: 'network/Added' };
        stacks.add('network', 'aws_default_network_acl', 'Added', { '//': { metadata }, default_network_acl_id: vpc });
      },
    },
  ],
  'ingress-restricted': [
    {
      title: 'a port of the load balancer is open without a listener',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/LoadBalancer', 'id'));
        stacks.add('network', 'aws_vpc_security_group_ingress_rule', 'Added', rule);
      },
    },
    {
      title: 'the test listener is open to any network',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/LoadBalancer', 'id'));
        const ports = { from_port: 8443, to_port: 8443 };
        stacks.add('network', 'aws_vpc_security_group_ingress_rule', 'Added', { ...rule, ...ports });
      },
    },
  ],
  'egress-restricted': [
    {
      title: 'tasks can reach the whole internet',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/Tasks', 'id'));
        stacks.add('network', 'aws_vpc_security_group_egress_rule', 'Added', rule);
      },
    },
    {
      title: 'an additional port of an egress destination is open',
      apply: (stacks) => (stacks.at('network/SecurityGroups/TasksTo192.0.2.0--24:443').to_port = 444),
    },
    {
      title: 'an egress destination has no route',
      apply: (stacks) => [0, 1, 2].forEach((zone) => stacks.remove(`network/InternetAccess/PrivateRoute${zone}`)),
    },
    {
      title: 'tasks reach S3 without its endpoint',
      apply: (stacks) => (stacks.at('network/Endpoints/S3').route_table_ids = []),
    },
  ],
  'security-groups-minimal': [
    {
      title: 'the load balancer can send on every port',
      apply: (stacks) => (stacks.at('network/SecurityGroups/LoadBalancerToTasks:8080').ip_protocol = '-1'),
    },
    {
      title: 'tasks can call endpoints on additional ports',
      apply: (stacks) => (stacks.at('network/SecurityGroups/TasksToEndpoints').to_port = 444),
    },
    {
      title: 'endpoints accept additional ports',
      apply: (stacks) => (stacks.at('network/SecurityGroups/EndpointsFromTasks').to_port = 444),
    },
  ],
  'vpc-endpoints-complete': [
    {
      title: 'the VPC has no DNS host names',
      apply: (stacks) => (stacks.at('network/Vpc/Resource').enable_dns_hostnames = false),
    },
    { title: 'the ECR endpoint is missing', apply: (stacks) => stacks.remove('network/Endpoints/EcrDkr') },
    {
      title: 'the endpoint of a service of the task role is missing',
      apply: (stacks) => stacks.remove('network/Endpoints/Sqs'),
    },
    { title: 'the SSM endpoint is missing', apply: (stacks) => stacks.remove('network/Endpoints/Ssm') },
    {
      title: 'an endpoint has no private DNS',
      apply: (stacks) => (stacks.at('network/Endpoints/Logs').private_dns_enabled = false),
    },
    {
      title: 'an endpoint is missing in two zones',
      apply: (stacks) => stacks.at('network/Endpoints/Logs').subnet_ids.splice(1),
    },
    {
      title: 'an endpoint has the security group of the tasks',
      apply: (stacks) =>
        (stacks.at('network/Endpoints/Logs').security_group_ids = [
          stacks.reference('network/SecurityGroups/Tasks', 'id'),
        ]),
    },
    {
      title: 'an endpoint policy allows everything',
      apply: (stacks) =>
        stacks.json('network/Endpoints/Logs', 'policy', (policy) => {
          policy.Statement = [{ Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'] }];
        }),
    },
    { title: 'an endpoint has no policy', apply: (stacks) => delete stacks.at('network/Endpoints/S3').policy },
    {
      title: 'the security group of the endpoints has no ingress rule',
      apply: (stacks) => stacks.remove('network/SecurityGroups/EndpointsFromTasks'),
    },
  ],
};
