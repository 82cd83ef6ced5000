import { cleanReport, reportOfUnknown, reportWithEverything } from './report.fixture';
import { reportText, ruleTable } from './report-text';

describe('the report as text', () => {
  it('has each violated rule once with its reason, and each violation with its fix', () => {
    expect(reportText(reportWithEverything())).toBe(
      `error cidr: a VPC has a network
  Or it would have none. (R1.1, https://example.com/vpc)
  network/A/Resource (network: aws_vpc.A)
    got none
    fix: give it one

warning address: there are no addresses
  Or it would have none. (FSBP)
  aws_eip.E
    got one
    fix: remove it
  aws_eip.F
    got one
    fix: remove it

waived cidr: aws_vpc.B, until 2026-03-31 by Network team: Migration

4 rules, 3 of them applicable, 1 error, 2 warnings, 1 waived`,
    );
  });

  it('is one line without violations', () => {
    expect(reportText(cleanReport())).toBe('1 rule, 1 of them applicable, 0 errors, 0 warnings, 0 waived');
  });

  it('names rule, resource and reason, if it was not checked', () => {
    expect(reportText(reportOfUnknown())).toBe(`not checked cidr: aws_vpc.V: cidr_block is unknown until apply
not checked: aws_instance.I: resource type not modelled

1 rule, 0 of them applicable, 0 errors, 0 warnings, 0 waived, 2 not checked`);
    expect(ruleTable(reportOfUnknown()).split('\n')[1]).toMatch(/^cidr +error +0 +1 not checked +a VPC/);
  });
});

describe('the rules as a table', () => {
  it('has the number of checked resources and the result', () => {
    expect(ruleTable(reportWithEverything())).toBe(
      `rule     severity  checked  verdict                what
cidr     error     3        1 violation, 1 waived  a VPC has a network
address  warning   2        2 violations           there are no addresses
none     error     0        not applicable         a VPC has a network
fine     error     3        ok                     a VPC is a VPC`,
    );
  });
});
