import { judge, modelWith } from '../model.fixture';
import type { Attributes, Value } from '../model/value';
import { trustBound } from './trust-bound';

const trust = (Principal: Value, Condition: Attributes = {}) =>
  judge(
    trustBound,
    modelWith({
      aws_iam_role: {
        R: {
          assume_role_policy: JSON.stringify({
            Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition },
          }),
        },
      },
    }),
  );
const tasks = { Service: 'ecs-tasks.amazonaws.com' };
const account = { StringEquals: { 'aws:SourceAccount': '123456789012' } };

describe('trust-bound (R9.3)', () => {
  it('refuses a service without source, or with half of it', () => {
    const anyAccount =
      'aws_iam_role.R: ecs-tasks.amazonaws.com for any account - add the condition StringEquals aws:SourceAccount';
    const anyResource =
      'aws_iam_role.R: ecs-tasks.amazonaws.com for any resource - add the condition ArnLike aws:SourceArn';
    expect(trust(tasks)).toEqual([anyAccount, anyResource]);
    expect(trust(tasks, account)).toEqual([anyResource]);
    expect(trust(tasks, { StringLike: { 'aws:SourceAccount': '*' } })).toEqual([anyAccount, anyResource]);
  });

  it('refuses a source that is any account', () => {
    for (const arn of ['*', 'arn:aws:ecs:us-east-1:*:task/1']) {
      expect(trust(tasks, { ...account, ArnLike: { 'aws:SourceArn': arn } })).toEqual([
        `aws_iam_role.R: ecs-tasks.amazonaws.com for ${arn} - write the account into aws:SourceArn`,
      ]);
    }
  });

  it('refuses everyone', () => {
    for (const everyone of ['*', { AWS: '*' }]) {
      expect(trust(everyone)).toEqual(['aws_iam_role.R: trust in everyone - name the service or the account']);
    }
  });

  it('refuses an identity provider for anybody whom it vouches for', () => {
    const host = 'token.actions.githubusercontent.com';
    const github = { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` };
    const audience = { [`${host}:aud`]: 'sts.amazonaws.com' };
    const anyAudience = `aws_iam_role.R: ${host} for any audience - add the condition StringEquals ${host}:aud, such as sts.amazonaws.com`;
    const anySubject = `aws_iam_role.R: ${host} for any subject - add the condition StringEquals ${host}:sub with who may take the role`;
    expect(trust(github)).toEqual([anyAudience, anySubject]);
    expect(trust(github, { StringEquals: audience })).toEqual([anySubject]);
    for (const subject of ['*', 'repo:*', 'repo:acme/*', 'repo:acme/*:ref:refs/heads/main']) {
      expect(trust(github, { StringEquals: audience, StringLike: { [`${host}:sub`]: subject } })).toEqual([
        `aws_iam_role.R: ${host} for ${subject} - name whose workflow it is, to the first colon after it`,
      ]);
    }
    const own = { [`${host}:SUB`]: 'repo:acme/nightshift:environment:prod' };
    expect(trust(github, { StringEquals: { ...audience, ...own } })).toEqual([]);
    expect(
      trust(github, { StringEquals: audience, StringLike: { [`${host}:sub`]: 'repo:acme/nightshift:*' } }),
    ).toEqual([]);
  });

  it('knows a provider by reference, and takes other providers at their word', () => {
    const assume_role_policy = (sub: string) =>
      JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: { Federated: '${aws_iam_openid_connect_provider.Own.arn}' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { 'oidc.example.com:aud': 'aws' }, StringLike: { 'oidc.example.com:sub': sub } },
        },
      });
    const trusting = (sub: string) =>
      judge(
        trustBound,
        modelWith({
          aws_iam_openid_connect_provider: { Own: { url: 'https://oidc.example.com' } },
          aws_iam_role: { R: { assume_role_policy: assume_role_policy(sub) } },
        }),
      );
    expect(trusting('job:*')).toEqual([]);
    expect(trusting('*')).toEqual([
      'aws_iam_role.R: oidc.example.com for * - name whose workflow it is, to the first colon after it',
    ]);
    expect(trust({ Federated: 'arn:aws:iam::123456789012:saml-provider/staff' })).toEqual([]);
  });

  it('accepts a service that is bound, by ARN where it documents the form', () => {
    expect(trust(tasks, { ...account, ArnLike: { 'AWS:SourceArn': 'arn:aws:ecs:us-east-1:123456789012:*' } })).toEqual(
      [],
    );
    expect(trust({ Service: 'scheduler.amazonaws.com' }, account)).toEqual([]);
  });

  it('accepts CodeDeploy, which sends no source, and a named account', () => {
    expect(trust({ Service: 'codedeploy.amazonaws.com' })).toEqual([]);
    expect(trust({ AWS: 'arn:aws:iam::123456789012:root' })).toEqual([]);
  });

  it('is not about anything but roles', () => {
    expect(judge(trustBound, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
