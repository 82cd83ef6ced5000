import { PlatformStack, serviceTrust } from '@nightshift/stack';
import { synthStack, testEnvironment } from '@nightshift/testing';
import { ServiceRole } from './service-role';

class RoleStack extends PlatformStack {
  readonly role = new ServiceRole(this, 'Role', {
    qualifier: 'reader',
    description: 'Reads',
    trust: serviceTrust({ service: 'ecs-tasks.amazonaws.com' }),
    statements: [{ Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] }],
  });
}

describe('service role', () => {
  const stack = synthStack((app) => new RoleStack(app, 'roles', { environment: testEnvironment() }));

  it('R0.8 has a name with its purpose', () => {
    expect(stack.resource('aws_iam_role', 'Role/Resource')).toMatchObject({
      name: 'iam-role-reader-test',
      description: 'Reads',
    });
  });

  it('has a policy with the given statements', () => {
    expect(stack.resource('aws_iam_role_policy', 'Role/Policy')).toMatchObject({
      name: 'iam-policy-reader-test',
      role: stack.reference('aws_iam_role', 'Role/Resource', 'name'),
    });
    expect(stack.parsed('aws_iam_role_policy', 'Role/Policy', 'policy')).toMatchObject({
      Statement: [{ Sid: 'Read' }],
    });
  });

  it('trusts only the given service', () => {
    expect(stack.parsed('aws_iam_role', 'Role/Resource', 'assume_role_policy')).toMatchObject({
      Statement: [{ Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
    });
  });
});
