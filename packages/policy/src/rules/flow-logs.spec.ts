import { judge, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { flowLogs } from './flow-logs';

const log = { vpc_id: '${aws_vpc.V.id}', traffic_type: 'ALL', log_destination: '${aws_cloudwatch_log_group.G.arn}' };
const judged = (logs: Record<string, Attributes>, group: Attributes = { kms_key_id: 'k' }) =>
  judge(flowLogs, modelWith({ aws_vpc: { V: {} }, aws_flow_log: logs, aws_cloudwatch_log_group: { G: group } }));

describe('flow-logs (R1.4)', () => {
  it('accepts a log of all traffic in an encrypted group, whatever others there are', () => {
    expect(judged({ L: log })).toEqual([]);
    expect(judged({ L: log, Rejected: { ...log, traffic_type: 'REJECT' } })).toEqual([]);
  });

  it('refuses a VPC without one', () => {
    expect(judged({})).toEqual(['aws_vpc.V: no flow log - add an aws_flow_log']);
    expect(judged({ L: { ...log, vpc_id: 'vpc-2' } })).toEqual(['aws_vpc.V: no flow log - add an aws_flow_log']);
  });

  it('refuses half of the traffic, another destination, and a group in clear', () => {
    expect(judged({ L: { ...log, traffic_type: 'REJECT' } }, {})).toEqual([
      'aws_flow_log.L: traffic_type REJECT - set it to ALL',
      'aws_cloudwatch_log_group.G: no kms_key_id - encrypt it with a key of ours',
    ]);
    expect(judged({ L: { ...log, traffic_type: undefined, log_destination: 'arn:aws:s3:::b' } })).toEqual([
      'aws_flow_log.L: traffic_type none - set it to ALL',
      'aws_flow_log.L: no log group as its destination - name one of the stack',
    ]);
  });

  it('is not about anything without a VPC', () => {
    expect(judge(flowLogs, modelWith({ aws_flow_log: { L: log } }))).toBe('not applicable');
  });
});
