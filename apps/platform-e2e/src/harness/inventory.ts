import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CodeDeployClient, ListApplicationsCommand, ListDeploymentConfigsCommand } from '@aws-sdk/client-codedeploy';
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Tag,
} from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient, ListClustersCommand, ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, ListPoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { KMSClient, ListAliasesCommand } from '@aws-sdk/client-kms';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Platform } from './platform';

/**
 * The remaining resources of an environment as `<kind> <name>`, without state bucket and its key. Found by name or by the tag
 * `Environment`. Excludes resources that AWS keeps after deletion: keys pending deletion, inactive task definitions, deleted NAT gateways.
 */
export async function inventory(platform: Platform): Promise<string[]> {
  const { suffix, environment } = platform;
  const ends = new RegExp(`-${suffix}(/performance)?$`);
  const bucket = environment.state.bucket;
  const lists = await Promise.all([
    ec2(platform.aws(EC2Client), suffix),
    names(
      'load balancer',
      platform.aws(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({})),
      (all) => all.LoadBalancers?.map(({ LoadBalancerName }) => LoadBalancerName),
    ),
    names('target group', platform.aws(ElasticLoadBalancingV2Client).send(new DescribeTargetGroupsCommand({})), (all) =>
      all.TargetGroups?.map(({ TargetGroupName }) => TargetGroupName),
    ),
    names('log group', platform.aws(CloudWatchLogsClient).send(new DescribeLogGroupsCommand({})), (all) =>
      all.logGroups?.map(({ logGroupName }) => logGroupName),
    ),
    names('repository', platform.aws(ECRClient).send(new DescribeRepositoriesCommand({})), (all) =>
      all.repositories?.map(({ repositoryName }) => repositoryName),
    ),
    names('cluster', platform.aws(ECSClient).send(new ListClustersCommand({})), (all) => all.clusterArns),
    names(
      'task definition',
      platform.aws(ECSClient).send(new ListTaskDefinitionsCommand({ status: 'ACTIVE' })),
      (all) => all.taskDefinitionArns?.map((arn) => arn.replace(/:\d+$/, '')),
    ),
    names('role', platform.aws(IAMClient).send(new ListRolesCommand({ MaxItems: 1000 })), (all) =>
      all.Roles?.map(({ RoleName }) => RoleName),
    ),
    names('policy', platform.aws(IAMClient).send(new ListPoliciesCommand({ Scope: 'Local' })), (all) =>
      all.Policies?.map(({ PolicyName }) => PolicyName),
    ),
    names('alarm', platform.aws(CloudWatchClient).send(new DescribeAlarmsCommand({})), (all) =>
      // Alarms of target tracking contain the name of the service.
      all.MetricAlarms?.map(({ AlarmName = '' }) => AlarmName.replace(/-Alarm(High|Low)-.*$/, '')),
    ),
    names('dashboard', platform.aws(CloudWatchClient).send(new ListDashboardsCommand({})), (all) =>
      all.DashboardEntries?.map(({ DashboardName }) => DashboardName),
    ),
    names('topic', platform.aws(SNSClient).send(new ListTopicsCommand({})), (all) =>
      all.Topics?.map(({ TopicArn }) => TopicArn),
    ),
    names('event rule', platform.aws(EventBridgeClient).send(new ListRulesCommand({})), (all) =>
      all.Rules?.map(({ Name }) => Name),
    ),
    names(
      'CodeDeploy application',
      platform.aws(CodeDeployClient).send(new ListApplicationsCommand({})),
      (all) => all.applications,
    ),
    names(
      'CodeDeploy configuration',
      platform.aws(CodeDeployClient).send(new ListDeploymentConfigsCommand({})),
      (all) => all.deploymentConfigsList,
    ),
    names(
      'scalable target',
      platform.aws(ApplicationAutoScalingClient).send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' })),
      (all) => all.ScalableTargets?.map(({ ResourceId }) => ResourceId),
    ),
    names(
      'scaling policy',
      platform.aws(ApplicationAutoScalingClient).send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' })),
      (all) => all.ScalingPolicies?.map(({ PolicyName }) => PolicyName),
    ),
    names('bucket', platform.aws(S3Client).send(new ListBucketsCommand({})), (all) =>
      // Its log bucket exists as long as the state bucket.
      all.Buckets?.map(({ Name }) => Name).filter((name) => name !== bucket && name !== `${bucket}-logs`),
    ),
    names('key', platform.aws(KMSClient).send(new ListAliasesCommand({})), (all) =>
      all.Aliases?.map(({ AliasName }) => AliasName).filter((name) => name !== `alias/${bucket}`),
    ),
  ]);
  return lists.flat().filter((entry) => entry.startsWith('ec2 ') || ends.test(entry));
}

async function names<Answer>(
  kind: string,
  answer: Promise<Answer>,
  read: (answer: Answer) => readonly (string | undefined)[] | undefined,
): Promise<string[]> {
  return (read(await answer) ?? []).map((name) => `${kind} ${String(name)}`);
}

async function ec2(client: EC2Client, suffix: string): Promise<string[]> {
  const Filters = [{ Name: 'tag:Environment', Values: [suffix] }];
  const [vpcs, subnets, gateways, nats, addresses, tables, groups, endpoints, flowLogs] = await Promise.all([
    client.send(new DescribeVpcsCommand({ Filters })),
    client.send(new DescribeSubnetsCommand({ Filters })),
    client.send(new DescribeInternetGatewaysCommand({ Filters })),
    client.send(new DescribeNatGatewaysCommand({ Filter: Filters })),
    client.send(new DescribeAddressesCommand({ Filters })),
    client.send(new DescribeRouteTablesCommand({ Filters })),
    client.send(new DescribeSecurityGroupsCommand({ Filters })),
    client.send(new DescribeVpcEndpointsCommand({ Filters })),
    client.send(new DescribeFlowLogsCommand({ Filter: Filters })),
  ]);
  return [
    ...(vpcs.Vpcs ?? []).map(({ VpcId }) => VpcId),
    ...(subnets.Subnets ?? []).map(({ SubnetId }) => SubnetId),
    ...(gateways.InternetGateways ?? []).map(({ InternetGatewayId }) => InternetGatewayId),
    ...(nats.NatGateways ?? [])
      .filter(({ State, Tags }) => State !== 'deleted' && isOf(suffix, Tags))
      .map(({ NatGatewayId }) => NatGatewayId),
    ...(addresses.Addresses ?? []).map(({ AllocationId }) => AllocationId),
    ...(tables.RouteTables ?? []).map(({ RouteTableId }) => RouteTableId),
    ...(groups.SecurityGroups ?? []).map(({ GroupId }) => GroupId),
    ...(endpoints.VpcEndpoints ?? [])
      .filter(({ State }) => State?.toLowerCase() !== 'deleted')
      .map(({ VpcEndpointId }) => VpcEndpointId),
    ...(flowLogs.FlowLogs ?? []).map(({ FlowLogId }) => FlowLogId),
  ].map((id) => `ec2 ${String(id)}`);
}

/** The local cloud ignores the tag filter for NAT gateways. */
function isOf(suffix: string, tags: readonly Tag[] = []): boolean {
  return tags.some(({ Key, Value }) => Key === 'Environment' && Value === suffix);
}
