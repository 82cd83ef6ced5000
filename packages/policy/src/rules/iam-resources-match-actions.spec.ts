import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes, Value } from '../model/value';
import { iamResourcesMatchActions } from './iam-resources-match-actions';

const allow = (Action: Value, Resource: Value | undefined, others: Attributes = {}) =>
  findingsIn(
    iamResourcesMatchActions,
    modelWith({
      aws_iam_role_policy: { P: { policy: JSON.stringify({ Statement: { Effect: 'Allow', Action, Resource } }) } },
      aws_cloudwatch_log_group: { Logs: { name: 'jobs' } },
      ...others,
    }),
  );
const group = 'arn:aws:logs:us-east-1:123456789012:log-group:jobs';

describe('iam-resources-match-actions (R9)', () => {
  it('refuses an action with a resource that it does not support', () => {
    expect(allow(['logs:PutLogEvents', 'logs:PutRetentionPolicy'], group)).toEqual([
      `aws_iam_role_policy.P: logs:PutLogEvents on ${group} - name what it takes: arn:*:logs:*:*:log-group:*:log-stream:*`,
    ]);
  });

  it('refuses a resource for an action without resource-level permissions', () => {
    expect(allow(['logs:DescribeLogGroups', 'logs:PutRetentionPolicy'], group)).toEqual([
      `aws_iam_role_policy.P: logs:DescribeLogGroups on ${group} - allow it on * in a separate statement: it does not support resource-level permissions`,
    ]);
  });

  it('refuses a resource that none of the actions supports', () => {
    expect(allow('sqs:SendMessage', ['arn:aws:sqs:*:123456789012:jobs', 'arn:aws:sns:*:123456789012:jobs'])).toEqual([
      'aws_iam_role_policy.P: arn:aws:sns:*:123456789012:jobs, which none of its actions supports - correct it, or remove it',
    ]);
  });

  it('finds the ARN of a reference', () => {
    expect(allow('logs:PutLogEvents', '${aws_cloudwatch_log_group.Logs.arn}')).toEqual([
      'aws_iam_role_policy.P: logs:PutLogEvents on ${aws_cloudwatch_log_group.Logs.arn} - name what it takes: arn:*:logs:*:*:log-group:*:log-stream:*',
      'aws_iam_role_policy.P: ${aws_cloudwatch_log_group.Logs.arn}, which none of its actions supports - correct it, or remove it',
    ]);
    expect(allow('logs:PutLogEvents', '${aws_cloudwatch_log_group.Logs.arn}:*')).toEqual([]);
  });

  it('accepts matching resources, *, and unknown values', () => {
    expect(allow('logs:*', `${group}:*`)).toEqual([]);
    expect(allow(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], '*')).toEqual([]);
    expect(allow('logs:Get*', `${group}:log-stream:1`)).toEqual([]);
    expect(allow('sqs:SendMessage', '${var.queue}')).toEqual([]);
  });

  it('ignores unknown actions, which have their own rule, and trust policies, which have no resources', () => {
    expect(allow('sqs:Nothing', group)).toEqual([]);
    expect(allow('sts:AssumeRole', undefined)).toEqual([]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(iamResourcesMatchActions, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
