import { applyWaivers } from '../waivers';
import { refusalOf, warningsOf } from './refusal';
import { cleanReport, reportWithEverything } from './report.fixture';

const preview = { name: 'preview', suffix: 'pr-1' };

describe('the refusal of an environment', () => {
  it('has place, requirement, value, fix and reason of each violation', () => {
    expect(refusalOf(reportWithEverything(), preview)?.message).toBe(
      `pr-1: policy check failed, got 1 violation - fix it as shown, or add a waiver (docs/policy.md)
network/A/Resource (network: aws_vpc.A): cidr: a VPC has a network, got none - give it one (why: Or it would have none)`,
    );
  });

  it('names the file of an invalid waiver', () => {
    const waiver = { rule: 'cidr', resource: 'aws_vpc.X', reason: 'r', owner: 'o', expires: '2026-01-31' };
    const { violations } = applyWaivers([], [waiver, { ...waiver, resource: 'aws_vpc.Y' }], '2026-01-01');
    expect(refusalOf({ ...cleanReport(), violations, passed: false }, preview)?.problems).toMatchObject([
      { where: 'pr-1', got: '2 violations', todo: 'fix each as shown, or add a waiver (docs/policy.md)' },
      { where: 'environments/preview.yaml: waivers[0]', got: 'cidr for aws_vpc.X, which does not violate it' },
      { where: 'environments/preview.yaml: waivers[1]' },
    ]);
  });

  it('is undefined with warnings only', () => {
    expect(refusalOf(cleanReport(), preview)).toBeUndefined();
    const { violations, ...others } = reportWithEverything();
    const warnings = violations.filter(({ rule }) => rule.severity === 'warning');
    expect(refusalOf({ ...others, violations: warnings, passed: true }, preview)).toBeUndefined();
  });
});

describe('warnings', () => {
  it('are one line each, of all stacks or of one', () => {
    const lines = ['E', 'F'].map((name) => `aws_eip.${name}: address: there are no addresses, got one - remove it`);
    expect(warningsOf(reportWithEverything())).toEqual(lines);
    expect(warningsOf(reportWithEverything(), 'network')).toEqual(lines);
    expect(warningsOf(reportWithEverything(), 'compute')).toEqual([]);
  });
});
