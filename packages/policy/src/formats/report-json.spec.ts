import { policyReport, policyRule, reportJson } from './report-json';
import { cleanReport, reportOfUnknown, reportWithEverything } from './report.fixture';

describe('the report as JSON', () => {
  it('has violations, waived violations and rules as flat lists', () => {
    const what = { rule: 'cidr', severity: 'error', what: 'a VPC has a network', why: 'Or it would have none.' };
    expect(reportJson(reportWithEverything())).toMatchObject({
      passed: false,
      violations: [
        {
          ...what,
          stack: 'network',
          path: 'network/A/Resource',
          address: 'aws_vpc.A',
          got: 'none',
          fix: 'give it one',
        },
        { rule: 'address', severity: 'warning' },
        { rule: 'address' },
      ],
      waived: [{ ...what, address: 'aws_vpc.B', waiver: { reason: 'Migration', owner: 'Network team' } }],
      rules: [
        { id: 'cidr', severity: 'error', judged: 3, sources: ['R1.1', 'https://example.com/vpc'] },
        { id: 'address', judged: 2 },
        { id: 'none', judged: 0 },
        { id: 'fine', judged: 3 },
      ],
    });
  });

  it.each([
    ['with violations and waivers', reportWithEverything()],
    ['with what was not checked', reportOfUnknown()],
  ])('has exactly the fields of its published schema %s', (_, report) => {
    const printed = reportJson(report);
    expect(policyReport.parse(printed)).toEqual(printed);
  });

  it('describes a rule with the fields of the published schema', () => {
    const [rule] = reportJson(cleanReport()).rules;
    expect(policyRule.parse(rule)).toEqual({
      id: 'cidr',
      severity: 'error',
      what: 'a VPC has a network',
      why: 'Or it would have none.',
      sources: ['R1.1', 'https://example.com/vpc'],
    });
  });

  it('has rule, resource and reason of unchecked resources', () => {
    const place = { stack: 'network', path: 'aws_vpc.V', address: 'aws_vpc.V' };
    expect(reportJson(reportOfUnknown())).toMatchObject({
      passed: true,
      notChecked: [
        { rule: 'cidr', ...place, reason: 'cidr_block is unknown until apply' },
        { rule: null, address: 'aws_instance.I', reason: 'resource type not modelled' },
      ],
      rules: [{ id: 'cidr', judged: 0 }],
    });
  });
});
