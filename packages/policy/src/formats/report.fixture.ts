import { checkPolicies, type Report } from '../check-policies';
import { modelWith } from '../model.fixture';
import { rule, unknownUntilApply } from '../rule';

const cidr = rule({
  id: 'cidr',
  severity: 'error',
  what: 'a VPC has a network',
  why: 'Or it would have none.',
  sources: ['R1.1', 'https://example.com/vpc'],
  appliesTo: (model) => model.all('aws_vpc'),
  check: ({ attributes }) => (attributes['cidr_block'] === undefined ? [{ got: 'none', fix: 'give it one' }] : []),
});
const address = rule({
  ...cidr,
  id: 'address',
  severity: 'warning',
  what: 'there are no addresses',
  sources: ['FSBP'],
  appliesTo: (model) => model.all('aws_eip'),
  check: () => [{ got: 'one', fix: 'remove it' }],
});

/** A report with an error, two warnings, a waived error, and a rule that is not applicable. */
export function reportWithEverything(): Report {
  const model = modelWith({
    aws_vpc: { A: { '//': { metadata: { path: 'network/A/Resource' } } }, B: {}, C: { cidr_block: '10.0.0.0/16' } },
    aws_eip: { E: {}, F: {} },
  });
  const waiver = {
    rule: 'cidr',
    resource: 'aws_vpc.B',
    reason: 'Migration',
    expires: '2026-03-31',
    owner: 'Network team',
  };
  const none = rule({ ...cidr, id: 'none', appliesTo: () => [] });
  const fine = rule({ ...cidr, id: 'fine', what: 'a VPC is a VPC', check: () => [] });
  return checkPolicies(model, [waiver], '2026-01-01', [cidr, address, none, fine]);
}

/** A report without violations. */
export function cleanReport(): Report {
  return checkPolicies(modelWith({ aws_vpc: { C: { cidr_block: '10.0.0.0/16' } } }), [], '2026-01-01', [cidr]);
}

/** A report on a VPC whose network is unknown, and on a resource whose type no rule reads. */
export function reportOfUnknown(): Report {
  const unknown = rule({
    ...cidr,
    check: () => [...unknownUntilApply('cidr_block'), ...unknownUntilApply('cidr_block')],
  });
  return checkPolicies(modelWith({ aws_vpc: { V: {} }, aws_instance: { I: {} } }), [], '2026-01-01', [unknown]);
}
