import { judge, modelWith, type Resources } from '../model.fixture';
import type { Attributes } from '../model/value';
import { eventsHaveTargets } from './events-have-targets';

const allow = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' };
const target = (arn: string, events = '${aws_cloudwatch_event_rule.R.name}') => ({
  aws_cloudwatch_event_target: { E: { rule: events, arn } },
});
const toTopic = target('${aws_sns_topic.T.arn}');
const topicPolicy = (policy: string) => ({ aws_sns_topic_policy: { P: { arn: '${aws_sns_topic.T.arn}', policy } } });
const letting = (...Statement: Attributes[]) => topicPolicy(JSON.stringify({ Statement }));
const judged = (others: Resources, events: Attributes = {}) =>
  judge(
    eventsHaveTargets,
    modelWith({ aws_cloudwatch_event_rule: { R: { name: 'r', ...events } }, aws_sns_topic: { T: {} }, ...others }),
  );

describe('events-have-targets (R12.3)', () => {
  it('refuses rules without target', () => {
    const none = ['aws_cloudwatch_event_rule.R: no target - add one that tells someone'];
    expect(judged({})).toEqual(none);
    expect(judged(target('${aws_sns_topic.T.arn}', 'other'))).toEqual(none);
  });

  it('refuses rules that are off', () => {
    for (const off of [{ state: 'DISABLED' }, { is_enabled: false }]) {
      expect(judged({ ...toTopic, ...letting(allow) }, off)).toEqual([
        'aws_cloudwatch_event_rule.R: a rule that is off - switch it on, or remove it',
      ]);
    }
  });

  it('refuses topics that do not let EventBridge publish', () => {
    const refused = [
      'aws_cloudwatch_event_rule.R: aws_sns_topic.T, which EventBridge may not publish to - allow events.amazonaws.com in its policy',
    ];
    expect(judged(toTopic)).toEqual(refused);
    expect(judged({ ...toTopic, ...letting({ ...allow, Action: 'sns:Subscribe' }) })).toEqual(refused);
  });

  it('refuses a condition, which EventBridge cannot meet, unless it may without', () => {
    const conditioned = { ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } };
    expect(judged({ ...toTopic, ...letting(conditioned) })).toEqual([
      'aws_cloudwatch_event_rule.R: aws_sns_topic.T, which EventBridge may publish to under a condition only - remove the condition: SNS supports none for EventBridge',
    ]);
    expect(judged({ ...toTopic, ...letting(conditioned, allow) })).toEqual([]);
  });

  it('accepts topics that let it, by name of the rule too, and targets that are no topics', () => {
    expect(judged({ ...target('${aws_sns_topic.T.arn}', 'r'), ...letting(allow) })).toEqual([]);
    expect(judged(target('arn:aws:lambda:us-east-1:123456789012:function:f'))).toEqual([]);
  });

  it('says nothing of a policy that is not known yet', () => {
    expect(judged({ ...toTopic, ...topicPolicy('${data.x.y.json}') })).toEqual([]);
  });

  it('is not about anything but event rules', () => {
    expect(judge(eventsHaveTargets, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
