import type { PolicyStatement } from '../model/policy-statements';
import { tlsOnly } from './tls-only';

const secure = { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] };
const statement = (changes: Partial<PolicyStatement> = {}): PolicyStatement => ({
  sid: '',
  effect: 'Deny',
  principals: [{ kind: '*', value: '*' }],
  actions: ['s3:*'],
  notActions: [],
  resources: ['*'],
  notResources: [],
  conditions: [secure],
  ...changes,
});

describe('TLS only', () => {
  it('is to deny everyone an action without TLS', () => {
    expect(
      tlsOnly([statement(), statement({ principals: [{ kind: 'AWS', value: '*' }] })], 's3:GetObject'),
    ).toHaveLength(2);
  });

  it.each<[string, Partial<PolicyStatement>]>([
    ['allowed', { effect: 'Allow' }],
    ['for some', { principals: [{ kind: 'AWS', value: 'arn' }] }],
    ['for other actions', { actions: ['s3:Put*'] }],
    ['without condition', { conditions: [] }],
    ['under a further condition', { conditions: [secure, { ...secure, key: 'aws:ViaAWSService' }] }],
    ['with TLS', { conditions: [{ ...secure, values: ['true'] }] }],
    ['by another test', { conditions: [{ ...secure, operator: 'StringEquals' }] }],
  ])('is not what is %s', (_, changes) => {
    expect(tlsOnly([statement(changes)], 's3:GetObject')).toEqual([]);
  });
});
