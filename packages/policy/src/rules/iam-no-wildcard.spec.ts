import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { iamNoWildcard } from './iam-no-wildcard';

const policy = (statement: Attributes) => JSON.stringify({ Statement: [{ Sid: 'S', Effect: 'Allow', ...statement }] });
const identity = (statement: Attributes) =>
  findingsIn(iamNoWildcard, modelWith({ aws_iam_role_policy: { P: { policy: policy(statement) } } }));
const endpoint = (statement: Attributes) =>
  findingsIn(
    iamNoWildcard,
    modelWith({ aws_vpc_endpoint: { E: { policy: policy({ Principal: '*', ...statement }) } } }),
  );

describe('iam-no-wildcard (R9.2, R11.3)', () => {
  it('refuses all actions, and all actions of a service', () => {
    expect(identity({ Action: '*', Resource: 'arn:x' })).toEqual([
      'aws_iam_role_policy.P: S: * - list the required actions',
    ]);
    expect(identity({ Action: ['s3:GetObject', 's3:*'], Resource: 'arn:x' })).toEqual([
      'aws_iam_role_policy.P: S: s3:* - list the required actions',
    ]);
  });

  it('refuses all resources for actions with resource-level permissions', () => {
    expect(identity({ Action: ['ecr:GetAuthorizationToken', 's3:GetObject'], Resource: ['*'] })).toEqual([
      'aws_iam_role_policy.P: S: s3:GetObject on * - list ARNs: these actions support resource-level permissions (exceptions: packages/policy/src/aws/service-authorization.ts)',
    ]);
  });

  it('refuses NotAction and NotResource', () => {
    expect(identity({ NotAction: 'iam:*', NotResource: 'arn:x' })).toEqual([
      'aws_iam_role_policy.P: S: everything but iam:*, arn:x - list the allowed actions and resources in Action and Resource',
    ]);
  });

  it('accepts * for actions without resource-level permissions and in Deny; does not check unknown values', () => {
    expect(
      identity({
        Action: ['elasticloadbalancing:DescribeRules', 'ecr:GetAuthorizationToken', 'cloudwatch:DescribeAlarms'],
        Resource: '*',
      }),
    ).toEqual([]);
    expect(identity({ Action: 's3:Get*', Resource: 'arn:aws:s3:::data/*' })).toEqual([]);
    expect(identity({ Effect: 'Deny', Action: '*', Resource: '*' })).toEqual([]);
    expect(findingsIn(iamNoWildcard, modelWith({ aws_iam_policy: { P: { policy: '${x.y.json}' } } }))).toEqual([
      'aws_iam_policy.P: not checked: a policy is unknown until apply',
    ]);
  });

  it('refuses AWS managed policies, and accepts others', () => {
    const attached = (policy_arn: string) =>
      findingsIn(iamNoWildcard, modelWith({ aws_iam_role_policy_attachment: { A: { policy_arn } } }));
    expect(attached('arn:aws:iam::aws:policy/AdministratorAccess')).toEqual([
      'aws_iam_role_policy_attachment.A: AWS managed policy arn:aws:iam::aws:policy/AdministratorAccess - put the required permissions into a policy of the role',
    ]);
    expect(attached('${aws_iam_policy.P.arn}')).toEqual([]);
  });

  it('refuses endpoints that are open to other accounts', () => {
    expect(endpoint({ Action: 'sqs:*', Resource: '*' })).toEqual([
      'aws_vpc_endpoint.E: S: sqs:* - list the required actions',
    ]);
    expect(endpoint({ Action: 's3:GetObject', Resource: '*' })).toEqual([
      'aws_vpc_endpoint.E: S: s3:GetObject on * - list ARNs, or add a condition on aws:PrincipalAccount',
    ]);
  });

  it('accepts endpoints for one account, for all actions of a service but not for all actions, and for named resources', () => {
    const Condition = { StringEquals: { 'aws:PrincipalAccount': '123456789012' } };
    expect(endpoint({ Action: 'sqs:*', Resource: '*', Condition })).toEqual([]);
    expect(endpoint({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::layers/*' })).toEqual([]);
    expect(endpoint({ Action: '*', Resource: '*', Condition })).toEqual([
      'aws_vpc_endpoint.E: S: * - list the required actions',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(iamNoWildcard, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
