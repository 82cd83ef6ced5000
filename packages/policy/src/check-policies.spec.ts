import { checkPolicies } from './check-policies';
import { modelWith } from './model.fixture';
import { rule } from './rule';
import { rules } from './rules';
import { describeViolation } from './violation';

const cidr = rule({
  id: 'cidr',
  severity: 'error',
  what: 'a VPC has a network',
  why: 'Or it would have none.',
  sources: ['R1.1'],
  appliesTo: (model) => model.all('aws_vpc'),
  check: ({ attributes }) => (attributes['cidr_block'] === undefined ? [{ got: 'none', fix: 'give it one' }] : []),
});
const warned = rule({
  ...cidr,
  id: 'warned',
  severity: 'warning',
  appliesTo: (model) => model.stacks,
  check: (_, model) => model.all('aws_eip').map((subject) => ({ subject, got: 'an address', fix: 'remove it' })),
});
const model = modelWith({
  aws_vpc: { A: { '//': { metadata: { path: 'network/A/Resource' } } }, B: { cidr_block: '10.0.0.0/16' } },
});
const waiver = { rule: 'cidr', resource: 'network/A/Resource', reason: 'r', owner: 'risk', expires: '2026-01-31' };
const lines = (waivers: (typeof waiver)[], today: string) =>
  checkPolicies(model, waivers, today, [cidr]).violations.map(describeViolation);
const broken = 'network/A/Resource (network: aws_vpc.A): cidr: a VPC has a network, got none - give it one';

describe('checkPolicies', () => {
  it('reports violations with construct path, address, problem, value and fix', () => {
    const report = checkPolicies(model, [], '2026-01-01', [cidr, warned]);
    expect(report.violations.map(describeViolation)).toEqual([broken]);
    expect(report.passed).toBe(false);
  });

  it('counts the resources that each rule has checked', () => {
    const { ruleResults } = checkPolicies(modelWith({}), [], '2026-01-01', [cidr, warned]);
    expect(ruleResults.map(({ rule, subjects }) => [rule.id, subjects])).toEqual([
      ['cidr', 0],
      ['warned', 1],
    ]);
  });

  it('passes with warnings', () => {
    const report = checkPolicies(modelWith({ aws_eip: { E: {} } }), [], '2026-01-01', [warned]);
    expect(report.violations.map(describeViolation)).toEqual([
      'aws_eip.E: warned: a VPC has a network, got an address - remove it',
    ]);
    expect(report.passed).toBe(true);
  });

  it('uses every rule by default', () => {
    expect(checkPolicies(modelWith({}), [], '2026-01-01').ruleResults.map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('waivers', () => {
  it('allow one resource one violation until their expiry date, by construct path or address', () => {
    for (const resource of [waiver.resource, 'aws_vpc.A']) {
      const report = checkPolicies(model, [{ ...waiver, resource }], '2026-01-31', [cidr]);
      expect([report.violations, report.passed]).toEqual([[], true]);
      expect(report.waived).toMatchObject([{ rule: { id: 'cidr' }, waiver: { resource } }]);
    }
  });

  it('are violations after they expire, in addition to the waived violation', () => {
    expect(lines([waiver], '2026-02-01')).toEqual([
      broken,
      'waivers[0]: waiver-expired: a waiver is valid until its end date, got cidr for network/A/Resource, which ended on 2026-01-31 - fix the resource, or ask risk for a new date',
    ]);
  });

  it('cannot be waived themselves', () => {
    const ended = { ...waiver, expires: '2025-12-31' };
    const round = { ...waiver, rule: 'waiver-expired', resource: 'waivers[0]' };
    const { violations } = checkPolicies(model, [ended, round], '2026-01-01', [cidr]);
    expect(violations.map(({ rule }) => rule.id)).toEqual(['cidr', 'waiver-expired', 'waiver-unused']);
  });

  it('last at most a year', () => {
    const until = (expires: string) => lines([{ ...waiver, expires }], '2026-01-31');
    expect(until('2027-01-31')).toEqual([]);
    expect(until('2027-02-01')).toEqual([
      'waivers[0]: waiver-long: a waiver is valid for at most a year, got cidr for network/A/Resource, which ends on 2027-02-01 - set expires to 2027-01-31 or earlier, or change the rule',
    ]);
  });

  it('are violations without a violation to waive', () => {
    const unused = (rule: string, resource: string) =>
      `waivers[1]: waiver-unused: a waiver has a violation of its rule, got ${rule} for ${resource}, which does not violate it - remove the waiver, or correct its rule and resource`;
    expect(lines([waiver, { ...waiver, resource: 'aws_vpc.B' }], '2026-01-01')).toEqual([unused('cidr', 'aws_vpc.B')]);
    expect(lines([waiver, { ...waiver, rule: 'other' }], '2026-01-01')).toEqual([
      unused('other', 'network/A/Resource'),
    ]);
  });
});
