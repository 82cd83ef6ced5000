import { unscopedActions } from '@nightshift/config';
import {
  actionsOf,
  allowedWildcards,
  documentedConditions,
  isGlobalKey,
  takesKey,
  takesNoResource,
} from './service-authorization';

describe('conditions that only a document of AWS lists', () => {
  it.each(documentedConditions)('$key of $action needs its source', ({ action, key, source }) => {
    expect(actionsOf(action).length).toBeGreaterThan(0);
    expect(actionsOf(action).filter((one) => takesKey(one, key))).toEqual([]);
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });
});

describe('wildcards that are allowed (R9.2)', () => {
  it.each(Object.entries(allowedWildcards))('%s has a reason with a source, and needs one', (action, why) => {
    expect(actionsOf(action)).toHaveLength(1);
    expect(takesNoResource(action)).toBe(false);
    expect(why).toMatch(/^.{40,}: https:\/\/docs\.aws\.amazon\.com\/\S+$/);
  });

  it('are all that an environment file may ask for', () => {
    const others = unscopedActions.filter((action) => !takesNoResource(action) && !allowedWildcards[action]);
    expect(others).toEqual([]);
  });
});

describe('the service authorization reference', () => {
  it('knows actions, whatever their case, with the ARNs and condition keys that they take', () => {
    expect(actionsOf('sqs:sendmessage')).toEqual([
      { name: 'sqs:SendMessage', arns: ['arn:*:sqs:*:*:*'], conditionKeys: ['aws:ResourceTag/*'] },
    ]);
    expect(actionsOf('sqs:SendMessages')).toEqual([]);
    expect(actionsOf('sqz:SendMessage')).toEqual([]);
    expect(actionsOf('*')).toEqual([]);
  });

  it('knows what a pattern covers', () => {
    expect(actionsOf('kms:ReEncrypt*').map(({ name }) => name)).toEqual(['kms:ReEncryptFrom', 'kms:ReEncryptTo']);
    expect(actionsOf('sts:*').length).toBeGreaterThan(5);
  });

  it('knows what can only be allowed on *', () => {
    expect(takesNoResource('ecr:GetAuthorizationToken')).toBe(true);
    expect(takesNoResource('ecr:BatchGetImage')).toBe(false);
    expect(takesNoResource('elasticloadbalancing:Describe*')).toBe(true);
    expect(takesNoResource('ecr:*')).toBe(false);
    expect(takesNoResource('ecr:Nothing')).toBe(false);
  });

  it('knows condition keys: of every request, of an action, of its resources', () => {
    const [putObject] = actionsOf('s3:PutObject');
    expect(isGlobalKey('aws:sourceaccount')).toBe(true);
    expect(isGlobalKey('aws:PrincipalTag/team')).toBe(true);
    expect(isGlobalKey('aws:ResourceTag/team')).toBe(false);
    expect(isGlobalKey('aws:SourceAcount')).toBe(false);
    expect(takesKey(putObject!, 's3:x-amz-acl')).toBe(true);
    expect(takesKey(putObject!, 's3:RequestObjectTag/team')).toBe(true);
    expect(takesKey(putObject!, 's3:prefix')).toBe(false);
  });
});
