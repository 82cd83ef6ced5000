import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { iamActionsExist } from './iam-actions-exist';

const policy = (statement: Attributes) => JSON.stringify({ Statement: [{ Effect: 'Allow', ...statement }] });
const queue = (statement: Attributes) =>
  findingsIn(iamActionsExist, modelWith({ aws_sqs_queue: { Q: { policy: policy(statement) } } }));
const FIX = 'correct it: the Service Authorization Reference lists the actions of each service';

describe('iam-actions-exist (R9)', () => {
  it('refuses actions and services that AWS does not have, and patterns without a match', () => {
    expect(queue({ Sid: 'Send', Action: ['sqs:SendMessages', 'sqs:SendMessage'] })).toEqual([
      `aws_sqs_queue.Q: Send: sqs:SendMessages, which does not exist - ${FIX}`,
    ]);
    expect(queue({ Action: 'queue:*' })).toEqual([`aws_sqs_queue.Q: queue:*, which does not exist - ${FIX}`]);
    expect(queue({ Effect: 'Deny', NotAction: 'sqs:Sent*' })).toEqual([
      `aws_sqs_queue.Q: sqs:Sent*, which does not exist - ${FIX}`,
    ]);
  });

  it('checks every policy at any depth: trust policies and those in a block', () => {
    const inline_policy = [{ name: 'own', policy: policy({ Action: 'sqs:Nothing' }) }];
    const role = { assume_role_policy: policy({ Action: 'sts:AsumeRole' }), inline_policy };
    expect(findingsIn(iamActionsExist, modelWith({ aws_iam_role: { R: role } }))).toEqual([
      `aws_iam_role.R: sts:AsumeRole, which does not exist - ${FIX}`,
      `aws_iam_role.R: sqs:Nothing, which does not exist - ${FIX}`,
    ]);
  });

  it('accepts the actions of AWS in any case, and *', () => {
    expect(queue({ Action: ['SQS:sendmessage', 'kms:ReEncrypt*', '*'] })).toEqual([]);
  });

  it('does not apply to JSON that is not a policy', () => {
    const others = { a: '{"rules":[]}', b: 'says "Statement"', c: '{"Statement":[]}', d: null, e: 1 };
    expect(findingsIn(iamActionsExist, modelWith({ aws_ecr_lifecycle_policy: { L: others } }))).toBe('not applicable');
  });
});
