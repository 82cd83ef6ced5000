import type { Subject } from '../model/model';
import { reportSarif } from './report-sarif';
import { cleanReport, reportOfUnknown, reportWithEverything } from './report.fixture';

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

  it('has notifications in SARIF, which are errors with --strict', () => {
    const strictly = (strict: boolean) =>
      reportSarif([{ name: 'plan', report: reportOfUnknown(), strict, fileOf: () => 'plan.json' }], '1.2.3');
    expect(strictly(false)).toMatchObject({
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
    expect(JSON.stringify(strictly(true))).toContain('"level":"error","message":{"text":"not checked cidr');
  });
});
