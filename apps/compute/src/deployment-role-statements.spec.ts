import { deploymentRoleStatements } from './deployment-role-statements';

const statements = deploymentRoleStatements({
  serviceArn: 'arn:service',
  taskSetsArn: 'arn:task-set/*',
  listenerArns: ['arn:production', 'arn:test'],
  listenerRulesArn: 'arn:listener-rule/*',
  taskRoleArns: ['arn:execution', 'arn:task'],
});

describe('CodeDeploy role', () => {
  it('R10.1 can replace the task sets of this service only', () => {
    expect(statements).toContainEqual({
      Sid: 'ReplaceTaskSets',
      Effect: 'Allow',
      Action: ['ecs:CreateTaskSet', 'ecs:DeleteTaskSet', 'ecs:DescribeServices', 'ecs:UpdateServicePrimaryTaskSet'],
      Resource: ['arn:service', 'arn:task-set/*'],
    });
  });

  it('R10.2 can shift the traffic of these listeners only', () => {
    expect(statements).toContainEqual({
      Sid: 'ShiftTraffic',
      Effect: 'Allow',
      Action: ['elasticloadbalancing:ModifyListener', 'elasticloadbalancing:ModifyRule'],
      Resource: ['arn:production', 'arn:test', 'arn:listener-rule/*'],
    });
  });

  it('R9 can pass the task roles to ECS only', () => {
    expect(statements).toContainEqual({
      Sid: 'PassTaskRoles',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: ['arn:execution', 'arn:task'],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
  });

  it('R9 has only read access to all resources', () => {
    const everywhere = statements.filter(({ Resource }) => Resource?.includes('*'));
    expect(everywhere.flatMap(({ Action }) => Action)).toEqual([
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetGroups',
      'cloudwatch:DescribeAlarms',
    ]);
    expect(statements).toHaveLength(5);
  });
});
