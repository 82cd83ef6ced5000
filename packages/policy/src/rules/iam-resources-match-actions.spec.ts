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
  it('refuses an action on a resource that it does not take', () => {
    expect(allow(['logs:PutLogEvents', 'logs:PutRetentionPolicy'], group)).toEqual([
      `aws_iam_role_policy.P: logs:PutLogEvents on ${group} - name what it takes: arn:*:logs:*:*:log-group:*:log-stream:*`,
    ]);
  });

  it('refuses a resource for an action that takes none', () => {
    expect(allow(['logs:DescribeLogGroups', 'logs:PutRetentionPolicy'], group)).toEqual([
      `aws_iam_role_policy.P: logs:DescribeLogGroups on ${group} - allow it on * in a separate statement: it does not support resource-level permissions`,
    ]);
  });

  it('refuses a resource that none of the actions takes', () => {
    expect(allow('sqs:SendMessage', ['arn:aws:sqs:*:123456789012:jobs', 'arn:aws:sns:*:123456789012:jobs'])).toEqual([
      'aws_iam_role_policy.P: arn:aws:sns:*:123456789012:jobs, which none of its actions supports - correct it, or remove it',
    ]);
  });

  it('knows the ARN behind a reference', () => {
    expect(allow('logs:PutLogEvents', '${aws_cloudwatch_log_group.Logs.arn}')).toEqual([
      'aws_iam_role_policy.P: logs:PutLogEvents on ${aws_cloudwatch_log_group.Logs.arn} - name what it takes: arn:*:logs:*:*:log-group:*:log-stream:*',
      'aws_iam_role_policy.P: ${aws_cloudwatch_log_group.Logs.arn}, which none of its actions supports - correct it, or remove it',
    ]);
    expect(allow('logs:PutLogEvents', '${aws_cloudwatch_log_group.Logs.arn}:*')).toEqual([]);
  });

  it('accepts what fits, everything, and what is not known', () => {
    expect(allow('logs:*', `${group}:*`)).toEqual([]);
    expect(allow(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], '*')).toEqual([]);
    expect(allow('logs:Get*', `${group}:log-stream:1`)).toEqual([]);
    expect(allow('sqs:SendMessage', '${var.queue}')).toEqual([]);
  });

  it('leaves actions that AWS does not have to the rule about them, and trust without resources alone', () => {
    expect(allow('sqs:Nothing', group)).toEqual([]);
    expect(allow('sts:AssumeRole', undefined)).toEqual([]);
  });

  it('is not about anything but policies', () => {
    expect(findingsIn(iamResourcesMatchActions, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
