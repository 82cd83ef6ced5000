import type { Statement } from '@nightshift/stack';

export interface DeploymentRoleInput {
  readonly serviceArn: string;
  /** Every task set of the service. */
  readonly taskSetsArn: string;
  readonly listenerArns: readonly string[];
  /** Every rule of the load balancer's listeners. */
  readonly listenerRulesArn: string;
  /** Execution role and task role, which CodeDeploy passes to the new tasks. */
  readonly taskRoleArns: readonly string[];
}

/**
 * The permissions of CodeDeploy to release this service (R10.1): `AWSCodeDeployRoleForECS`, narrowed, without Lambda, S3 and SNS.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/codedeploy_IAM_role.html
 */
export function deploymentRoleStatements(input: DeploymentRoleInput): Statement[] {
  return [
    {
      Sid: 'ReplaceTaskSets',
      Effect: 'Allow',
      Action: ['ecs:CreateTaskSet', 'ecs:DeleteTaskSet', 'ecs:DescribeServices', 'ecs:UpdateServicePrimaryTaskSet'],
      Resource: [input.serviceArn, input.taskSetsArn],
    },
    {
      // These actions have no resource-level permissions.
      Sid: 'ReadLoadBalancer',
      Effect: 'Allow',
      Action: [
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTargetGroups',
      ],
      Resource: ['*'],
    },
    {
      Sid: 'ShiftTraffic',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:ModifyListener', 'elasticloadbalancing:ModifyRule'],
      Resource: [...input.listenerArns, input.listenerRulesArn],
    },
    // As in the AWS managed policy: the requests of CodeDeploy are not documented, and a denied call would stop every release.
    { Sid: 'WatchGates', Effect: 'Allow', Action: ['cloudwatch:DescribeAlarms'], Resource: ['*'] },
    {
      Sid: 'PassTaskRoles',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [...input.taskRoleArns],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  ];
}
