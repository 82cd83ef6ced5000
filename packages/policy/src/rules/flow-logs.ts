import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { shown } from '../model/value';
import { rule, type Finding } from '../rule';

export const flowLogs = rule({
  id: 'flow-logs',
  severity: 'error',
  what: 'a VPC logs all traffic to an encrypted log group',
  why: 'After an incident nobody could say who talked to whom.',
  sources: ['R1.4', 'R8.2', 'CKV2_AWS_11', 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html'],
  appliesTo: (model) => model.all('aws_vpc'),
  check(vpc, model) {
    const logs = model.all('aws_flow_log').filter((log) => model.behind(log, 'vpc_id').includes(vpc));
    if (logs.length === 0) return [{ got: 'no flow log', fix: 'add an aws_flow_log' }];
    const problems = logs.map((log) => problemsOf(log, model));
    return problems.some((one) => one.length === 0) ? [] : problems.flat();
  },
});

function problemsOf(log: Resource, model: Model): Finding[] {
  const { attributes } = log;
  const traffic = attributes['traffic_type'];
  const partly =
    traffic === 'ALL' ? [] : [{ subject: log, got: `traffic_type ${shown(traffic)}`, fix: 'set it to ALL' }];
  const [group] = model.behind(log, 'log_destination', 'aws_cloudwatch_log_group');
  if (!group)
    return [...partly, { subject: log, got: 'no log group as its destination', fix: 'name one of the stack' }];
  const open = group.attributes['kms_key_id']
    ? []
    : [{ subject: group, got: 'no kms_key_id', fix: 'encrypt it with a key of ours' }];
  return [...partly, ...open];
}
