import { DataAwsEc2ManagedPrefixList } from '@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import type { Group, SecurityGroupRule } from './security-group-rules';

export interface SecurityGroupsProps {
  readonly rules: readonly SecurityGroupRule[];
  readonly vpcId: string;
}

/**
 * One security group each for load balancer, tasks and endpoints (R1.3). They start empty: the provider removes AWS's default egress rule.
 * Each rule is a separate resource, so that the groups can refer to each other.
 */
export class SecurityGroups extends Construct {
  readonly loadBalancerId: string;
  readonly tasksId: string;
  readonly endpointsId: string;

  constructor(scope: Construct, id: string, { rules, vpcId }: SecurityGroupsProps) {
    super(scope, id);
    const { names, region } = PlatformStack.of(this);
    // A change of name or description replaces a group, which AWS refuses while it has network interfaces.
    const group = (groupId: string, qualifier: Group, description: string) => {
      const name = names.of('security-group', qualifier);
      return new SecurityGroup(this, groupId, { vpcId, name, description, tags: { Name: name } }).id;
    };
    this.loadBalancerId = group('LoadBalancer', 'load-balancer', 'Load balancer: open to the allowed networks');
    this.tasksId = group('Tasks', 'tasks', 'Tasks: open to the load balancer only');
    this.endpointsId = group('Endpoints', 'endpoints', 'Interface endpoints: open to tasks only');

    const s3 = new DataAwsEc2ManagedPrefixList(this, 'S3PrefixList', { name: `com.amazonaws.${region}.s3` });
    for (const rule of rules) this.addRule(rule, s3.id);
  }

  private addRule(rule: SecurityGroupRule, s3: string): void {
    const { id, qualifier, group, direction, description, port, peer, movedFrom } = rule;
    const { names } = PlatformStack.of(this);
    const config = {
      securityGroupId: this.idOf(group),
      description,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      ...('cidr' in peer && { cidrIpv4: peer.cidr }),
      ...('group' in peer && { referencedSecurityGroupId: this.idOf(peer.group) }),
      ...('service' in peer && { prefixListId: s3 }),
      tags: { Name: names.of('security-group-rule', qualifier) },
    };
    const Rule = direction === 'ingress' ? VpcSecurityGroupIngressRule : VpcSecurityGroupEgressRule;
    const resource = new Rule(this, id, config);
    if (movedFrom !== undefined) resource.moveFromId(movedFrom);
  }

  private idOf(group: Group): string {
    return { 'load-balancer': this.loadBalancerId, tasks: this.tasksId, endpoints: this.endpointsId }[group];
  }
}
