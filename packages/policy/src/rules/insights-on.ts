import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { at, blocks, shown } from '../model/value';
import { rule, type Finding } from '../rule';

const ON = ['enabled', 'enhanced'];

export const insightsOn = rule({
  id: 'insights-on',
  severity: 'error',
  what: 'Container Insights is on, and writes to a log group that was there before: encrypted, with a retention',
  why: 'A log group that ECS makes by itself is not encrypted with our key, is kept for ever, and outlives the environment.',
  sources: [
    'R3.1',
    'R8.2',
    'R8.3',
    'CKV_AWS_65',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-reference-performance-logs-ECS.html',
  ],
  appliesTo: (model) => model.all('aws_ecs_cluster'),
  check(cluster, model) {
    const setting = blocks(cluster.attributes['setting']).find(({ name }) => name === 'containerInsights');
    const value = at(setting, 'value');
    if (!ON.includes(String(value))) {
      return [{ got: `containerInsights ${shown(value)}`, fix: 'add the setting containerInsights with enhanced' }];
    }
    const name = `/aws/ecs/containerinsights/${shown(model.literal(cluster.attributes['name'], cluster.stack))}/performance`;
    const group = model.meant('aws_cloudwatch_log_group', name, cluster.stack);
    if (!group) return [{ got: `no log group ${name}`, fix: 'create it, and the cluster after it' }];
    return [...orderOf(cluster, group, model), ...faultsOf(group, model)];
  },
});

/** Otherwise ECS may be first, and Terraform finds a log group that it has not made. */
function orderOf(cluster: Resource, group: Resource, model: Model): Finding[] {
  if (model.dependencies(cluster).includes(group)) return [];
  return [{ got: `no depends_on for ${group.address}`, fix: 'let the cluster depend on its log group' }];
}

function faultsOf(group: Resource, model: Model): Finding[] {
  const { kms_key_id: key, retention_in_days: days } = group.attributes;
  const configured = model.environment?.logs.retentionDays;
  const kept = configured === undefined ? Number(days) > 0 : days === configured;
  return [
    ...(key ? [] : [{ subject: group, got: 'kms_key_id none', fix: 'encrypt it with a key of the environment' }]),
    ...(kept
      ? []
      : [
          {
            subject: group,
            got: `retention_in_days ${shown(days)}`,
            fix: `set it to ${configured ?? 'a number of days'}`,
          },
        ]),
  ];
}
