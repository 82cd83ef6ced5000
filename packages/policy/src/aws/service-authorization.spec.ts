import { unscopedActions } from '@nightshift/config';
import {
  actionsOf,
  allowedWildcards,
  documentedConditions,
  isGlobalKey,
  takesKey,
  takesNoResource,
} from './service-authorization';

describe('condition keys that only a documentation page lists', () => {
  it.each(documentedConditions)('$key of $action has its source', ({ action, key, source }) => {
    expect(actionsOf(action).length).toBeGreaterThan(0);
    expect(actionsOf(action).filter((one) => takesKey(one, key))).toEqual([]);
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });
});

describe('allowed wildcards (R9.2)', () => {
  it.each(Object.entries(allowedWildcards))('%s has a reason with a source, and is used', (action, why) => {
    expect(actionsOf(action)).toHaveLength(1);
    expect(takesNoResource(action)).toBe(false);
    expect(why).toMatch(/^.{40,}: https:\/\/docs\.aws\.amazon\.com\/\S+$/);
  });

  it('are all that an environment file can use', () => {
    const others = unscopedActions.filter((action) => !takesNoResource(action) && !allowedWildcards[action]);
    expect(others).toEqual([]);
  });
});

describe('the service authorization reference', () => {
  it('finds actions in any case, with their ARNs and condition keys', () => {
    expect(actionsOf('sqs:sendmessage')).toEqual([
      { name: 'sqs:SendMessage', arns: ['arn:*:sqs:*:*:*'], conditionKeys: ['aws:ResourceTag/*'] },
    ]);
    expect(actionsOf('sqs:SendMessages')).toEqual([]);
    expect(actionsOf('sqz:SendMessage')).toEqual([]);
    expect(actionsOf('*')).toEqual([]);
  });

  it('finds the actions of a pattern', () => {
    expect(actionsOf('kms:ReEncrypt*').map(({ name }) => name)).toEqual(['kms:ReEncryptFrom', 'kms:ReEncryptTo']);
    expect(actionsOf('sts:*').length).toBeGreaterThan(5);
  });

  it('finds actions without resource-level permissions', () => {
    expect(takesNoResource('ecr:GetAuthorizationToken')).toBe(true);
    expect(takesNoResource('ecr:BatchGetImage')).toBe(false);
    expect(takesNoResource('elasticloadbalancing:Describe*')).toBe(true);
    expect(takesNoResource('ecr:*')).toBe(false);
    expect(takesNoResource('ecr:Nothing')).toBe(false);
  });

  it('finds condition keys: global, of an action, of its resources', () => {
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
