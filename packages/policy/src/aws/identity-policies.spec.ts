import { modelWith } from '../model.fixture';
import { allowedBy, attachedTo, attachments, identityPolicies, inStatement, policiesOf } from './identity-policies';

const policy = JSON.stringify({
  Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject' }, { Effect: 'Deny' }],
});

describe('identity policies', () => {
  it('are managed policies, policies of users and groups, or inline policies of a role, each once', () => {
    const model = modelWith({
      aws_iam_policy: { P: { policy } },
      aws_iam_user_policy: { U: { policy: '${x.y.json}' } },
      aws_iam_role_policy: { R: { role: 'jobs', name: 'own', policy } },
      aws_iam_role: {
        Jobs: {
          name: 'jobs',
          inline_policy: [
            { name: 'own', policy },
            { name: 'more', policy },
          ],
        },
      },
    });
    expect(
      identityPolicies(model).map(({ resource, role, unknown }) => [resource.address, role?.address, unknown]),
    ).toEqual([
      ['aws_iam_role_policy.R', 'aws_iam_role.Jobs', false],
      ['aws_iam_policy.P', undefined, false],
      ['aws_iam_user_policy.U', undefined, true],
      ['aws_iam_role.Jobs', 'aws_iam_role.Jobs', false],
    ]);
  });

  it('are checked by their Allow statements, not by Deny statements', () => {
    const [first] = identityPolicies(modelWith({ aws_iam_policy: { P: { policy } } }));
    expect(first && allowedBy(first)).toMatchObject([{ actions: ['s3:GetObject'] }]);
  });

  it('begin messages with the Sid of a statement, if it has one', () => {
    const [first] = identityPolicies(modelWith({ aws_iam_policy: { P: { policy } } }));
    expect(first?.statements.map((statement) => inStatement(statement, 'on *'))).toEqual(['Read: on *', 'on *']);
  });
});

describe('managed policies of identities', () => {
  const own = { aws_iam_role: { R: { name: 'jobs' } }, aws_iam_policy: { P: { policy } } };
  const arn = '${aws_iam_policy.P.arn}';

  it.each([
    { aws_iam_role_policy_attachment: { A: { role: 'jobs', policy_arn: arn } } },
    { aws_iam_policy_attachment: { A: { users: ['joe'], roles: ['jobs'], policy_arn: arn } } },
    { aws_iam_role_policy_attachments_exclusive: { A: { role_name: 'jobs', policy_arns: [arn] } } },
    { aws_iam_role: { R: { name: 'jobs', managed_policy_arns: [arn] } } },
  ])('are found in %j', (attached) => {
    const model = modelWith({ ...own, ...attached });
    const role = model.all('aws_iam_role')[0]!;
    expect(attachedTo(role, model)).toMatchObject([{ policy: arn }]);
    expect(policiesOf(role, model)?.map(({ resource }) => resource.address)).toEqual(['aws_iam_policy.P']);
  });

  it.each([
    { aws_iam_user_policy_attachment: { A: { user: 'joe', policy_arn: arn } } },
    { aws_iam_group_policy_attachment: { A: { group: 'staff', policy_arn: arn } } },
    { aws_iam_user_policy_attachments_exclusive: { A: { user_name: 'joe', policy_arns: [arn] } } },
    { aws_iam_group_policy_attachments_exclusive: { A: { group_name: 'staff', policy_arns: [arn] } } },
  ])('are found in %j, but not in the role', (attached) => {
    const model = modelWith({ ...own, ...attached });
    expect(attachments(model)).toMatchObject([{ policy: arn }]);
    expect(attachedTo(model.all('aws_iam_role')[0]!, model)).toEqual([]);
  });

  it('are incomplete if one is of another configuration', () => {
    const model = modelWith({ aws_iam_role: { R: { managed_policy_arns: ['arn:aws:iam::aws:policy/x'] } } });
    expect(policiesOf(model.all('aws_iam_role')[0]!, model)).toBeUndefined();
  });
});
