import { modelWith } from '../model.fixture';
import { allowedBy, identityPolicies, inStatement } from './identity-policies';

const policyOf = (policy: string) =>
  identityPolicies(modelWith({ aws_iam_policy: { P: { policy } }, aws_vpc: { V: {} } }));

describe('identity policies', () => {
  it('are judged by what they allow, not by what they deny', () => {
    const statements = [
      { Effect: 'Allow', Action: 's3:GetObject' },
      { Effect: 'Deny', Action: '*' },
    ];
    const [policy, ...others] = policyOf(JSON.stringify({ Statement: statements }));
    expect(others).toEqual([]);
    expect(policy && allowedBy(policy)).toMatchObject([{ actions: ['s3:GetObject'] }]);
  });

  it('allow nothing that is known, where Terraform will only know it when it applies', () => {
    expect(policyOf('${x.y.json}').flatMap((policy) => allowedBy(policy))).toEqual([]);
  });
});

describe('what is said of a statement', () => {
  it('begins with its id, where it has one', () => {
    const policy = JSON.stringify({ Statement: [{ Sid: 'Read', Effect: 'Allow' }, { Effect: 'Allow' }] });
    const statements = identityPolicies(modelWith({ aws_iam_policy: { P: { policy } } })).flatMap((one) =>
      allowedBy(one),
    );
    expect(statements.map((statement) => inStatement(statement, 'on *'))).toEqual(['Read: on *', 'on *']);
  });
});
