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
      title: 'two private subnets in one zone',
      apply: (stacks) =>
        (stacks.at('network/Vpc/Private1').availability_zone = stacks.at('network/Vpc/Private0').availability_zone),
    },
    {
      title: 'a subnet inside of another',
      apply: (stacks) => (stacks.at('network/Vpc/Private1').cidr_block = stacks.at('network/Vpc/Public0').cidr_block),
    },
    {
      title: 'a subnet without route table',
      apply: (stacks) => stacks.remove('network/InternetAccess/PrivateAssociation1'),
    },
    {
      title: 'a route to the NAT gateway of another zone',
      apply: (stacks) =>
        (stacks.at('network/InternetAccess/PrivateRoute1').nat_gateway_id = stacks.at(
          'network/InternetAccess/PrivateRoute0',
        ).nat_gateway_id),
    },
  ],
  'tasks-behind-load-balancer': [
    {
      title: 'a rule that lets the internet in to tasks',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/Tasks', 'id'));
        stacks.add('network', 'aws_vpc_security_group_ingress_rule', 'Added', rule);
      },
    },
    {
      title: 'tasks that let each other in',
      apply: (stacks) =>
        (stacks.at('network/SecurityGroups/TasksFromLoadBalancer:8080').referenced_security_group_id = stacks.reference(
          'network/SecurityGroups/Tasks',
          'id',
        )),
    },
    {
      title: 'every port of the tasks',
      apply: (stacks) => (stacks.at('network/SecurityGroups/TasksFromLoadBalancer:8080').from_port = 1),
    },
    {
      title: 'tasks in public subnets, with public addresses, open to the internet',
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
      title: 'no rule to the tasks',
      apply: (stacks) => stacks.remove('network/SecurityGroups/LoadBalancerToTasks:8080'),
    },
    { title: 'no route to the internet', apply: (stacks) => stacks.remove('network/InternetAccess/PublicRoute') },
    {
      title: 'a network ACL without rules',
      apply: (stacks) => {
        const vpc = stacks.reference('network/Vpc/Resource', 'default_network_acl_id');
        const metadata = { path: 'network/Added' };
        stacks.add('network', 'aws_default_network_acl', 'Added', { '//': { metadata }, default_network_acl_id: vpc });
      },
    },
  ],
  'ingress-restricted': [
    {
      title: 'a port of the load balancer on which nothing listens',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/LoadBalancer', 'id'));
        stacks.add('network', 'aws_vpc_security_group_ingress_rule', 'Added', rule);
      },
    },
    {
      title: 'the test listener open to everyone',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/LoadBalancer', 'id'));
        const ports = { from_port: 8443, to_port: 8443 };
        stacks.add('network', 'aws_vpc_security_group_ingress_rule', 'Added', { ...rule, ...ports });
      },
    },
  ],
  'egress-restricted': [
    {
      title: 'tasks that reach the whole internet',
      apply: (stacks) => {
        const rule = anyone(stacks.reference('network/SecurityGroups/Tasks', 'id'));
        stacks.add('network', 'aws_vpc_security_group_egress_rule', 'Added', rule);
      },
    },
    {
      title: 'a port of a named destination that is not named',
      apply: (stacks) => (stacks.at('network/SecurityGroups/TasksTo192.0.2.0--24:443').to_port = 444),
    },
    {
      title: 'a named destination without a route',
      apply: (stacks) => [0, 1, 2].forEach((zone) => stacks.remove(`network/InternetAccess/PrivateRoute${zone}`)),
    },
    {
      title: 'S3 past its endpoint',
      apply: (stacks) => (stacks.at('network/Endpoints/S3').route_table_ids = []),
    },
  ],
  'security-groups-minimal': [
    {
      title: 'a load balancer that sends on every port',
      apply: (stacks) => (stacks.at('network/SecurityGroups/LoadBalancerToTasks:8080').ip_protocol = '-1'),
    },
    {
      title: 'tasks that call endpoints on more ports',
      apply: (stacks) => (stacks.at('network/SecurityGroups/TasksToEndpoints').to_port = 444),
    },
    {
      title: 'endpoints that admit more ports',
      apply: (stacks) => (stacks.at('network/SecurityGroups/EndpointsFromTasks').to_port = 444),
    },
  ],
  'vpc-endpoints-complete': [
    {
      title: 'a VPC without private names',
      apply: (stacks) => (stacks.at('network/Vpc/Resource').enable_dns_hostnames = false),
    },
    { title: 'no endpoint of the registry', apply: (stacks) => stacks.remove('network/Endpoints/EcrDkr') },
    { title: 'no endpoint of what the role may call', apply: (stacks) => stacks.remove('network/Endpoints/Sqs') },
    { title: 'no endpoint of the secrets', apply: (stacks) => stacks.remove('network/Endpoints/Ssm') },
    {
      title: 'an endpoint with public names',
      apply: (stacks) => (stacks.at('network/Endpoints/Logs').private_dns_enabled = false),
    },
    {
      title: 'an endpoint that two zones do not have',
      apply: (stacks) => stacks.at('network/Endpoints/Logs').subnet_ids.splice(1),
    },
    {
      title: 'an endpoint in the group of the tasks',
      apply: (stacks) =>
        (stacks.at('network/Endpoints/Logs').security_group_ids = [
          stacks.reference('network/SecurityGroups/Tasks', 'id'),
        ]),
    },
    {
      title: 'an endpoint that lets everything through',
      apply: (stacks) =>
        stacks.json('network/Endpoints/Logs', 'policy', (policy) => {
          policy.Statement = [{ Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'] }];
        }),
    },
    { title: 'an endpoint without a policy', apply: (stacks) => delete stacks.at('network/Endpoints/S3').policy },
    {
      title: 'a group that lets nobody in to the endpoints',
      apply: (stacks) => stacks.remove('network/SecurityGroups/EndpointsFromTasks'),
    },
  ],
};
