import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPolicies } from './check-policies';
import { modelOfPlan } from './plan/model-of-plan';
import { describePath } from './reachability/connections';
import { reach } from './reachability/reach';

const file = join(__dirname, '..', 'fixtures', 'reference-plan.json');
const model = modelOfPlan({ plan: JSON.parse(readFileSync(file, 'utf8')), name: 'reference-plan.json' });

/** A platform of the same kind in plain HCL, one state, written by others than the rules were. */
describe('a plan of another platform', () => {
  it('violates these rules, and no others', () => {
    const { violations } = checkPolicies(model, [], '2026-01-01');
    const found = violations.map(({ rule, subject, got }) => `${rule.id} ${subject.address}: ${got}`);
    const endpoints = ['ecr.api', 'ecr.dkr', 'ecs', 'kms', 'logs', 'ssm', 'ssmmessages'];
    const silent = [
      'metric_alarm.at_max',
      'metric_alarm.ecs["CPUUtilization"]',
      'metric_alarm.ecs["MemoryUtilization"]',
      'metric_alarm.latency',
      'metric_alarm.t5xx',
      'composite_alarm.svc',
    ];
    expect(found.sort()).toEqual(
      [
        // A default network ACL without rules drops everything in the public subnets, which have no other.
        'service-reachable aws_lb.main: no path from the internet through aws_default_network_acl.default',
        'service-reachable aws_lb.main: no path to aws_ecs_service.app through aws_default_network_acl.default',
        // Tasks can send to any account what an endpoint lets through.
        ...endpoints.map((service) => `iam-no-wildcard aws_vpc_endpoint.iface["${service}"]: AccountOnly: *`),
        'iam-no-wildcard aws_iam_policy.boundary: ecr:*, logs:*, ssmmessages:*, kms:*',
        // The password is in the configuration, in every saved plan and in the state.
        'no-secret-in-state aws_ssm_parameter.secure: value in plain text',
        // Nobody hears that the fault is over.
        ...silent.map((alarm) => `alarm-has-action aws_cloudwatch_${alarm}: ok_actions none`),
      ].sort(),
    );
  });

  it('has network paths', () => {
    const ways = (from: string, to: string) => reach(model, { from, to }).map((path) => describePath(path)[0]);
    expect(ways('internet', 'tasks')).toEqual([]);
    expect(ways('tasks', 'internet')).toEqual([]);
    expect(ways('tasks', 's3')).toEqual(['aws_ecs_service.app -> aws_vpc_endpoint.s3 (tcp 443)']);
    expect(ways('tasks', 'endpoints')).toHaveLength(7);
  });
});
