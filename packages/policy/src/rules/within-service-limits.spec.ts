import { limits, type NameLimit } from '@nightshift/naming';
import { namedTypes } from '../aws/named-types';
import serviceLimits from '../aws/service-limits.json';
import { findingsIn, modelWith } from '../model.fixture';
import { Model } from '../model/model';
import type { Attributes } from '../model/value';
import { withinServiceLimits } from './within-service-limits';

const of = (type: string, attributes: Attributes) =>
  findingsIn(withinServiceLimits, modelWith({ [type]: { R: attributes } }));
const TAGGING = 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html';

describe('within-service-limits (R0.8, R0.9)', () => {
  it('refuses texts that are too long or too short, and prints their beginning', () => {
    expect(of('aws_iam_role', { name: 'r'.repeat(65) })).toEqual([
      `aws_iam_role.R: name ${'r'.repeat(60)}…, 65 characters - use 1 to 64 (iam.CreateRole RoleName)`,
    ]);
    expect(of('aws_cloudwatch_metric_alarm', { alarm_name: '' })).toEqual([
      'aws_cloudwatch_metric_alarm.R: alarm_name , 0 characters - use 1 to 255 (cloudwatch.PutMetricAlarm AlarmName)',
    ]);
    expect(of('aws_cloudwatch_event_rule', { description: 'd'.repeat(513) })).toEqual([
      `aws_cloudwatch_event_rule.R: description ${'d'.repeat(60)}…, 513 characters - use at most 512 (events.PutRule Description)`,
    ]);
  });

  it('refuses invalid characters, in any script', () => {
    expect(of('aws_cloudwatch_event_rule', { name: 'a b' })).toEqual([
      'aws_cloudwatch_event_rule.R: name a b - use a value that matches [\\.\\-_A-Za-z0-9]+ (events.PutRule Name)',
    ]);
    expect(of('aws_iam_role', { tags: { Größe: 'ja' } })).toEqual([]);
    expect(of('aws_iam_role', { tags: { A: 'a;b' } })).toEqual([
      'aws_iam_role.R: tags#value a;b - use a value that matches [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]* (iam.CreateRole Tags value)',
    ]);
  });

  it('refuses numbers out of range', () => {
    expect(of('aws_lb_target_group', { health_check: [{ interval: 301 }] })).toEqual([
      'aws_lb_target_group.R: health_check.interval 301 - use 5 to 300 (elbv2.CreateTargetGroup HealthCheckIntervalSeconds)',
    ]);
    expect(of('aws_cloudwatch_metric_alarm', { evaluation_periods: 0 })).toEqual([
      'aws_cloudwatch_metric_alarm.R: evaluation_periods 0 - use at least 1 (cloudwatch.PutMetricAlarm EvaluationPeriods)',
    ]);
  });

  it('refuses values outside of an enumeration', () => {
    expect(of('aws_flow_log', { traffic_type: 'EVERYTHING' })).toEqual([
      'aws_flow_log.R: traffic_type EVERYTHING - use one of ACCEPT, REJECT, ALL (ec2.CreateFlowLogs TrafficType)',
    ]);
    const container_definitions = JSON.stringify([{ ulimits: [{ name: 'files' }] }]);
    expect(of('aws_ecs_task_definition', { container_definitions })).toEqual([
      expect.stringMatching(
        /^aws_ecs_task_definition\.R: container_definitions\{\}\.ulimits\.name files - use one of core, cpu, .*nofile/,
      ),
    ]);
  });

  it('refuses too many items of a list or of tags', () => {
    const six = ['arn:a', 'arn:b', 'arn:c', 'arn:d', 'arn:e', 'arn:f'];
    expect(of('aws_cloudwatch_metric_alarm', { alarm_actions: six })).toEqual([
      'aws_cloudwatch_metric_alarm.R: alarm_actions ["arn:a","arn:b","arn:c","arn:d","arn:e","arn:f"], 6 items - use at most 5 (cloudwatch.PutMetricAlarm AlarmActions)',
    ]);
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']));
    expect(of('aws_vpc', { tags })).toEqual([expect.stringContaining(`, 51 items - use at most 50 (${TAGGING})`)]);
  });

  it('refuses aws: tags and tags that are too long, once per tag', () => {
    expect(of('aws_vpc', { tags: { 'aws:owner': 'me' } })).toEqual([
      `aws_vpc.R: tags#key aws:owner - use a value that matches (?![aA][wW][sS]:).* (${TAGGING})`,
    ]);
    expect(of('aws_iam_role', { tags: { A: 'v'.repeat(257) } })).toHaveLength(1);
  });

  it('accepts values that are within the limits, missing, of another type, or known after apply', () => {
    expect(of('aws_iam_role', { name: 'role-${x.y.z}', path: null, max_session_duration: 3600 })).toEqual([]);
    expect(of('aws_cloudwatch_metric_alarm', { alarm_actions: '${x.y}', alarm_name: 5, dimensions: 'x' })).toEqual([]);
    expect(of('aws_lb_target_group', { port: '80' })).toEqual([]);
  });

  it('treats an empty text in a plan as missing', () => {
    const { stacks } = modelWith({ aws_cloudwatch_metric_alarm: { R: { alarm_name: '' } } });
    expect(findingsIn(withinServiceLimits, new Model({ source: 'plan', stacks }))).toEqual([]);
  });

  it('does not apply to types without limits', () => {
    expect(of('terraform_data', {})).toBe('not applicable');
  });

  it('has no lower limit for names than the name generator', () => {
    for (const [type, { attribute, limit, legal = limit }] of Object.entries(namedTypes)) {
      const known = serviceLimits.limits[type]?.find(({ path, kind }) => path === attribute && kind === 'length');
      const { maxLength }: NameLimit = limits[legal];
      expect(known?.max ?? maxLength).toBeGreaterThanOrEqual(maxLength);
    }
  });

  it('has a source for each limit', () => {
    const sources = Object.values(serviceLimits.limits).flatMap((some) => some.map(({ source }) => source));
    expect(sources.length).toBeGreaterThan(200);
    for (const source of sources)
      expect(source).toMatch(/^(?:[a-z0-9-]+\.[A-Z]\w+ [A-Za-z0-9.]+(?: key| value)?|https:\/\/docs\.aws.*)$/);
  });
});
