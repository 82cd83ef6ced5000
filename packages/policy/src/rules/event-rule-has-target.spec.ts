import { findingsIn, modelWith, type Resources } from '../model.fixture';
import type { Attributes } from '../model/value';
import { eventRuleHasTarget } from './event-rule-has-target';

const allow = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' };
const target = (arn: string, events = '${aws_cloudwatch_event_rule.R.name}') => ({
  aws_cloudwatch_event_target: { E: { rule: events, arn } },
});
const toTopic = target('${aws_sns_topic.T.arn}');
const topicPolicy = (policy: string) => ({ aws_sns_topic_policy: { P: { arn: '${aws_sns_topic.T.arn}', policy } } });
const letting = (...Statement: Attributes[]) => topicPolicy(JSON.stringify({ Statement }));
const checked = (others: Resources, events: Attributes = {}) =>
  findingsIn(
    eventRuleHasTarget,
    modelWith({ aws_cloudwatch_event_rule: { R: { name: 'r', ...events } }, aws_sns_topic: { T: {} }, ...others }),
  );

describe('event-rule-has-target (R12.3)', () => {
  it('refuses rules without a target', () => {
    const none = ['aws_cloudwatch_event_rule.R: no target - add one, such as an SNS topic'];
    expect(checked({})).toEqual(none);
    expect(checked(target('${aws_sns_topic.T.arn}', 'other'))).toEqual(none);
  });

  it('refuses disabled rules', () => {
    for (const off of [{ state: 'DISABLED' }, { is_enabled: false }]) {
      expect(checked({ ...toTopic, ...letting(allow) }, off)).toEqual([
        'aws_cloudwatch_event_rule.R: state DISABLED - set state to ENABLED',
      ]);
    }
  });

  it('refuses topics whose policy does not allow EventBridge', () => {
    const refused = [
      'aws_cloudwatch_event_rule.R: aws_sns_topic.T, to which EventBridge cannot publish - allow events.amazonaws.com in its policy',
    ];
    expect(checked(toTopic)).toEqual(refused);
    expect(checked({ ...toTopic, ...letting({ ...allow, Action: 'sns:Subscribe' }) })).toEqual(refused);
  });

  it('refuses a condition that EventBridge cannot meet, unless another statement allows it', () => {
    const conditioned = { ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } };
    expect(checked({ ...toTopic, ...letting(conditioned) })).toEqual([
      'aws_cloudwatch_event_rule.R: aws_sns_topic.T, to which EventBridge can publish only under a condition - remove the condition: SNS supports none for EventBridge',
    ]);
    expect(checked({ ...toTopic, ...letting(conditioned, allow) })).toEqual([]);
  });

  it('accepts topics whose policy allows it, also by the rule name, and does not check targets of other configurations', () => {
    expect(checked({ ...target('${aws_sns_topic.T.arn}', 'r'), ...letting(allow) })).toEqual([]);
    expect(checked(target('arn:aws:lambda:us-east-1:123456789012:function:f'))).toEqual([
      'aws_cloudwatch_event_target.E: not checked: arn refers to something outside of the plan',
    ]);
  });

  it('refuses queues, functions and log groups whose policy does not allow EventBridge', () => {
    const policy = (Action: string, Service = 'events.amazonaws.com', Effect = 'Allow') =>
      JSON.stringify({ Statement: { Effect, Principal: { Service }, Action } });
    const queue = { ...target('${aws_sqs_queue.Q.arn}'), aws_sqs_queue: { Q: {} } };
    const closed = [
      'aws_cloudwatch_event_rule.R: aws_sqs_queue.Q, to which EventBridge cannot deliver - allow events.amazonaws.com to sqs:SendMessage in its policy',
    ];
    const about = (text: string, url = '${aws_sqs_queue.Q.id}') => ({
      aws_sqs_queue_policy: { P: { queue_url: url, policy: text } },
    });
    expect(checked(queue)).toEqual(closed);
    expect(checked({ ...queue, ...about(policy('sqs:ReceiveMessage')) })).toEqual(closed);
    expect(checked({ ...queue, ...about(policy('sqs:SendMessage', 'sns.amazonaws.com')) })).toEqual(closed);
    expect(checked({ ...queue, ...about(policy('sqs:SendMessage', 'events.amazonaws.com', 'Deny')) })).toEqual(closed);
    expect(checked({ ...queue, ...about(policy('sqs:SendMessage'), 'other') })).toEqual(closed);
    expect(checked({ ...queue, ...about(policy('sqs:SendMessage')) })).toEqual([]);
    expect(checked({ ...queue, ...about('${data.x.y.json}') })).toEqual([
      'aws_cloudwatch_event_rule.R: not checked: the policy of aws_sqs_queue.Q is unknown until apply',
    ]);
    expect(checked({ ...queue, aws_sqs_queue: { Q: { policy: policy('sqs:*') } } })).toEqual([]);

    const group = { ...target('${aws_cloudwatch_log_group.G.arn}'), aws_cloudwatch_log_group: { G: {} } };
    expect(checked(group)).toEqual([
      'aws_cloudwatch_event_rule.R: aws_cloudwatch_log_group.G, to which EventBridge cannot deliver - allow events.amazonaws.com to logs:PutLogEvents in an aws_cloudwatch_log_resource_policy',
    ]);
    const resourcePolicy = { P: { policy_document: policy('logs:PutLogEvents') } };
    expect(checked({ ...group, aws_cloudwatch_log_resource_policy: resourcePolicy })).toEqual([]);

    const lambda = { ...target('${aws_lambda_function.F.arn}'), aws_lambda_function: { F: { function_name: 'f' } } };
    const permission = (function_name: string, principal = 'events.amazonaws.com') => ({
      aws_lambda_permission: { P: { function_name, principal } },
    });
    const noPermission = [
      'aws_cloudwatch_event_rule.R: aws_lambda_function.F, to which EventBridge cannot deliver - add an aws_lambda_permission for events.amazonaws.com with the rule as source_arn',
    ];
    expect(checked({ ...lambda, ...permission('f', 'sns.amazonaws.com') })).toEqual(noPermission);
    expect(checked({ ...lambda, ...permission('g') })).toEqual(noPermission);
    expect(checked({ ...lambda, ...permission('f') })).toEqual([]);
  });

  it('refuses other targets without a role that EventBridge can assume', () => {
    const cluster = { aws_ecs_cluster: { C: {} } };
    const arn = '${aws_ecs_cluster.C.arn}';
    const { aws_cloudwatch_event_target } = target(arn);
    expect(checked({ ...cluster, aws_cloudwatch_event_target })).toEqual([
      'aws_cloudwatch_event_rule.R: aws_ecs_cluster.C without role_arn - give the target a role that EventBridge can assume',
    ]);
    const withRole = { E: { ...aws_cloudwatch_event_target.E, role_arn: 'arn:aws:iam::123456789012:role/events' } };
    expect(checked({ ...cluster, aws_cloudwatch_event_target: withRole })).toEqual([]);
  });

  it('does not check a policy that is unknown until apply', () => {
    expect(checked({ ...toTopic, ...topicPolicy('${data.x.y.json}') })).toEqual([
      'aws_cloudwatch_event_rule.R: not checked: the policy of aws_sns_topic.T is unknown until apply',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(eventRuleHasTarget, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
