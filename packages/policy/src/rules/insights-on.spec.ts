import { environmentWith } from '../environment.fixture';
import { judge, modelWith, type Resources } from '../model.fixture';
import type { Attributes } from '../model/value';
import { insightsOn } from './insights-on';

const GROUP = '/aws/ecs/containerinsights/main/performance';

function resources(cluster: Attributes, group: Attributes): Resources {
  return {
    aws_ecs_cluster: {
      Main: {
        name: 'main',
        setting: [{ name: 'containerInsights', value: 'enhanced' }],
        depends_on: ['aws_cloudwatch_log_group.Insights'],
        ...cluster,
      },
    },
    aws_cloudwatch_log_group: {
      Insights: { name: GROUP, kms_key_id: '${aws_kms_key.Key.arn}', retention_in_days: 30, ...group },
    },
  };
}

const judged = (cluster: Attributes, group: Attributes = {}) => judge(insightsOn, modelWith(resources(cluster, group)));

describe('insights-on (R3.1)', () => {
  it('refuses a cluster without Container Insights', () => {
    const fix = 'add the setting containerInsights with enhanced';
    expect(judged({ setting: [] })).toEqual([`aws_ecs_cluster.Main: containerInsights none - ${fix}`]);
    expect(judged({ setting: { name: 'containerInsights', value: 'disabled' } })).toEqual([
      `aws_ecs_cluster.Main: containerInsights disabled - ${fix}`,
    ]);
  });

  it('refuses a log group that ECS would make, or may make first', () => {
    expect(judged({}, { name: 'other' })).toEqual([
      `aws_ecs_cluster.Main: no log group ${GROUP} - create it, and the cluster after it`,
    ]);
    expect(judged({ depends_on: [] })).toEqual([
      'aws_ecs_cluster.Main: no depends_on for aws_cloudwatch_log_group.Insights - let the cluster depend on its log group',
    ]);
  });

  it('refuses a log group without key or retention', () => {
    expect(judged({}, { kms_key_id: null, retention_in_days: 0 })).toEqual([
      'aws_cloudwatch_log_group.Insights: kms_key_id none - encrypt it with a key of the environment',
      'aws_cloudwatch_log_group.Insights: retention_in_days 0 - set it to a number of days',
    ]);
  });

  it('refuses another retention than the one that is configured', () => {
    const model = modelWith(resources({}, {}), {}, environmentWith({ logs: { retentionDays: 60 } }));
    expect(judge(insightsOn, model)).toEqual([
      'aws_cloudwatch_log_group.Insights: retention_in_days 30 - set it to 60',
    ]);
  });

  it('accepts both kinds of Container Insights with such a group', () => {
    expect(judge(insightsOn, modelWith(resources({}, {}), {}, environmentWith()))).toEqual([]);
    expect(judged({ setting: { name: 'containerInsights', value: 'enabled' } })).toEqual([]);
  });

  it('is not about anything else', () => {
    expect(judge(insightsOn, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
