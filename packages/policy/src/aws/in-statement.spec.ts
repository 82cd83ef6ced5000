import { modelWith } from '../model.fixture';
import { allowedBy, identityPolicies } from './identity-policies';
import { inStatement } from './in-statement';

describe('what is said of a statement', () => {
  it('begins with its id, where it has one', () => {
    const policy = JSON.stringify({ Statement: [{ Sid: 'Read', Effect: 'Allow' }, { Effect: 'Allow' }] });
    const statements = identityPolicies(modelWith({ aws_iam_policy: { P: { policy } } })).flatMap((one) =>
      allowedBy(one),
    );
    expect(statements.map((statement) => inStatement(statement, 'on *'))).toEqual(['Read: on *', 'on *']);
  });
});
