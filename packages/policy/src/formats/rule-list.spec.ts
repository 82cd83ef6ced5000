import { cleanReport, reportWithEverything } from './report.fixture';
import { ruleList, rulesMarkdown } from './rule-list';

describe('the table of rules', () => {
  it('has requirement, reason and source of each rule', () => {
    const [first, second] = reportWithEverything().ruleResults.map(({ rule }) => rule);
    const piped = { ...second!, what: 'a | b', sources: ['https://example.com', 'R1', 'CKV_AWS_1'] as const };
    expect(rulesMarkdown([first!, piped], 'rules')).toBe(
      `| rule | severity | what, and why | from |
| - | - | - | - |
| [cidr](rules/cidr.ts) | error | a VPC has a network. Or it would have none. | R1.1 |
| [address](rules/address.ts) | warning | a \\| b. Or it would have none. | R1, CKV_AWS_1 |`,
    );
  });
});

describe('the list of rules', () => {
  it('has requirement, reason and source of each rule', () => {
    expect(ruleList(cleanReport().ruleResults.map(({ rule }) => rule))).toBe(
      `cidr (error): a VPC has a network
  Or it would have none.
  R1.1, https://example.com/vpc

1 rule`,
    );
  });
});
