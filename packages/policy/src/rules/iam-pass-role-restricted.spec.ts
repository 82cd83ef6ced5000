import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { iamPassRoleRestricted } from './iam-pass-role-restricted';

const policy = (statement: Attributes) =>
  modelWith({
    aws_iam_role_policy: {
      P: {
        policy: JSON.stringify({ Statement: [{ Sid: 'Pass', Effect: 'Allow', Action: 'iam:PassRole', ...statement }] }),
      },
    },
  });
const toTasks = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } };

describe('iam-pass-role-restricted (R9)', () => {
  it('refuses roles with a pattern', () => {
    expect(
      findingsIn(iamPassRoleRestricted, policy({ Resource: 'arn:aws:iam::123456789012:role/*', Condition: toTasks })),
    ).toEqual(['aws_iam_role_policy.P: Pass: any role that matches arn:aws:iam::123456789012:role/* - name the roles']);
  });

  it('refuses any service, also if the condition is true without one', () => {
    const unbound = [
      'aws_iam_role_policy.P: Pass: to any service - add the condition StringEquals iam:PassedToService',
    ];
    const Resource = '${aws_iam_role.Task.arn}';
    for (const operator of ['StringLike', 'StringEqualsIfExists']) {
      const Condition = { [operator]: { 'iam:PassedToService': '*' } };
      expect(findingsIn(iamPassRoleRestricted, policy({ Resource, Condition }))).toEqual(unbound);
    }
    expect(findingsIn(iamPassRoleRestricted, policy({ Resource, Action: 'iam:Pass*' }))).toEqual(unbound);
  });

  it('accepts named roles for a named service', () => {
    expect(
      findingsIn(iamPassRoleRestricted, policy({ Resource: ['${aws_iam_role.Task.arn}'], Condition: toTasks })),
    ).toEqual([]);
  });

  it('does not apply to policies without iam:PassRole', () => {
    expect(findingsIn(iamPassRoleRestricted, policy({ Action: 's3:GetObject', Resource: '*' }))).toBe('not applicable');
  });
});
