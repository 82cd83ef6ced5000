import type { Subject } from '../model/model';
import { policyReport, policyRule, reportJson } from './report-json';
import { reportSarif } from './report-sarif';
import { reportText, ruleTable } from './report-text';
import { cleanReport, reportOfUnknown, reportWithEverything } from './report.fixture';
import { ruleList } from './rule-list';

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
});

describe('the report as SARIF 2.1.0', () => {
  const fileOf = ({ stack }: Subject) => `cdktf.out/dev/stacks/${stack}/cdk.tf.json`;
  const reports = [
    { name: 'dev', report: reportWithEverything(), strict: false, fileOf },
    { name: 'prod', report: cleanReport(), strict: false, fileOf },
  ];
  const sarif = reportSarif(reports, '1.2.3');
  const [run] = (sarif as { runs: { results: object[]; tool: { driver: { rules: object[] } } }[] }).runs;

  it('names this tool and has help for each rule, those for waivers too', () => {
    expect(sarif).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'nightshift', version: '1.2.3' } } }, { results: [] }],
    });
    expect(run?.tool.driver.rules).toMatchObject([
      { id: 'cidr' },
      { id: 'address' },
      { id: 'none' },
      { id: 'fine' },
      { id: 'waiver-expired' },
      { id: 'waiver-long' },
      { id: 'waiver-unused' },
    ]);
    expect(run?.tool.driver.rules[0]).toEqual({
      id: 'cidr',
      shortDescription: { text: 'a VPC has a network' },
      fullDescription: { text: 'Or it would have none.' },
      help: {
        text: 'Or it would have none.\n\nSources: R1.1, https://example.com/vpc',
        markdown: 'Or it would have none.\n\nSources:\n- R1.1\n- https://example.com/vpc',
      },
      helpUri: 'https://example.com/vpc',
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'R1.1'] },
    });
    expect(run?.tool.driver.rules[1]).not.toHaveProperty('helpUri');
  });

  it('has one run per input, each with its own category', () => {
    expect(sarif).toMatchObject({
      runs: [
        { automationDetails: { id: 'nightshift-policy/dev/' } },
        { automationDetails: { id: 'nightshift-policy/prod/' } },
      ],
    });
  });

  it('has a result for each violation, at its file and construct path', () => {
    expect(run?.results[0]).toEqual({
      ruleId: 'cidr',
      ruleIndex: 0,
      level: 'error',
      message: { text: 'a VPC has a network, got none - give it one' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'cdktf.out/dev/stacks/network/cdk.tf.json' },
            region: { startLine: 1 },
          },
          logicalLocations: [{ name: 'aws_vpc.A', fullyQualifiedName: 'network/A/Resource', kind: 'resource' }],
        },
      ],
      partialFingerprints: { 'violation/v1': 'cidr|network/A/Resource|none' },
    });
    expect(run?.results[1]).toMatchObject({ ruleId: 'address', ruleIndex: 1, level: 'warning' });
  });

  it('has a suppressed result for each waived violation', () => {
    expect(run?.results.slice(3)).toMatchObject([
      {
        ruleId: 'cidr',
        suppressions: [
          { kind: 'external', status: 'accepted', justification: 'Migration (Network team, until 2026-03-31)' },
        ],
      },
    ]);
  });
});

describe('the report of unchecked resources', () => {
  it('has rule, resource and reason, as text, table and JSON', () => {
    expect(reportText(reportOfUnknown())).toBe(`not checked cidr: aws_vpc.V: cidr_block is unknown until apply
not checked: aws_instance.I: resource type not modelled

1 rule, 0 of them applicable, 0 errors, 0 warnings, 0 waived, 2 not checked`);
    expect(ruleTable(reportOfUnknown()).split('\n')[1]).toMatch(/^cidr +error +0 +1 not checked +a VPC/);
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

  it('has notifications in SARIF, which are errors with --strict', () => {
    const sarif = (strict: boolean) =>
      reportSarif([{ name: 'plan', report: reportOfUnknown(), strict, fileOf: () => 'plan.json' }], '1.2.3');
    expect(sarif(false)).toMatchObject({
      runs: [
        {
          results: [],
          invocations: [
            {
              executionSuccessful: true,
              toolExecutionNotifications: [
                {
                  level: 'note',
                  message: { text: 'not checked cidr: aws_vpc.V: cidr_block is unknown until apply' },
                  associatedRule: { id: 'cidr', index: 0 },
                },
                { level: 'note', message: { text: 'not checked: aws_instance.I: resource type not modelled' } },
              ],
            },
          ],
        },
      ],
    });
    expect(JSON.stringify(sarif(true))).toContain('"level":"error","message":{"text":"not checked cidr');
  });
});
