import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes, Value } from '../model/value';
import { trustPolicyRestricted } from './trust-policy-restricted';

const trust = (Principal: Value, Condition: Attributes = {}) =>
  findingsIn(
    trustPolicyRestricted,
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

describe('trust-policy-restricted (R9.3)', () => {
  it('refuses a service without source conditions, or with one of two', () => {
    const anyAccount =
      'aws_iam_role.R: ecs-tasks.amazonaws.com for any account - add the condition StringEquals aws:SourceAccount';
    const anyResource =
      'aws_iam_role.R: ecs-tasks.amazonaws.com for any resource - add the condition ArnLike aws:SourceArn';
    expect(trust(tasks)).toEqual([anyAccount, anyResource]);
    expect(trust(tasks, account)).toEqual([anyResource]);
    expect(trust(tasks, { StringLike: { 'aws:SourceAccount': '*' } })).toEqual([anyAccount, anyResource]);
  });

  it('refuses any account as the source', () => {
    for (const arn of ['*', 'arn:aws:ecs:us-east-1:*:task/1']) {
      expect(trust(tasks, { ...account, ArnLike: { 'aws:SourceArn': arn } })).toEqual([
        `aws_iam_role.R: ecs-tasks.amazonaws.com for ${arn} - add the account to aws:SourceArn`,
      ]);
    }
  });

  it('refuses any principal', () => {
    for (const everyone of ['*', { AWS: '*' }]) {
      expect(trust(everyone)).toEqual(['aws_iam_role.R: trust in everyone - name the service or the account']);
    }
  });

  describe('for GitHub Actions', () => {
    const host = 'token.actions.githubusercontent.com';
    const trustOf = (issuer: string, ...conditions: Attributes[]) =>
      trust(
        { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
        { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' }, ...Object.assign({}, ...conditions) },
      );
    const equals = (claims: Record<string, string>, issuer = host): Attributes => ({
      'ForAnyValue:StringEquals': Object.fromEntries(
        Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]),
      ),
    });
    const anyBranch = `aws_iam_role.R: ${host} for any branch - add the condition StringEquals ${host}:ref, such as refs/heads/main, or ${host}:job_workflow_ref with workflow file and branch`;
    const noEnvironment = `aws_iam_role.R: ${host} without an environment - add the condition StringEquals ${host}:environment, or end ${host}:sub in :environment:<name>`;

    it('refuses every repository on GitHub', () => {
      const anyAudience = `aws_iam_role.R: ${host} for any audience - add the condition StringEquals ${host}:aud, such as sts.amazonaws.com`;
      const anySubject = `aws_iam_role.R: ${host} for any subject - add the condition StringEquals ${host}:sub with the subject that can assume the role`;
      expect(trust({ Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` })).toEqual([
        anyAudience,
        anySubject,
      ]);
      expect(trustOf(host)).toEqual([anySubject]);
      // Without the claim, these operators match.
      expect(
        trustOf(host, { StringEqualsIfExists: { [`${host}:sub`]: 'repo:acme/nightshift:environment:prod' } }),
      ).toEqual([anySubject]);
    });

    it.each([
      '*',
      'repo:*',
      'repo:acme/*',
      'repo:acme/*:ref:refs/heads/main',
      'repo:acme/nightshift:*',
      'repo:acme/nightshift:environment:pro?',
    ])('refuses the subject %s', (subject) => {
      const bound = equals({ environment: 'prod', ref: 'refs/heads/main' });
      expect(trustOf(host, { StringLike: { [`${host}:sub`]: subject } }, bound)).toEqual([
        `aws_iam_role.R: ${host} for ${subject} - name one subject without wildcards, such as repo:acme/nightshift:environment:prod`,
      ]);
    });

    it('refuses an environment without a branch', () => {
      expect(trustOf(host, equals({ SUB: 'repo:acme/nightshift:environment:prod' }))).toEqual([anyBranch]);
    });

    it('refuses a branch without an environment', () => {
      expect(trustOf(host, equals({ sub: 'repo:acme/nightshift:ref:refs/heads/main' }))).toEqual([noEnvironment]);
    });

    it('refuses a whole repository, once per condition', () => {
      expect(trustOf(host, equals({ sub: 'repo:acme/nightshift:pull_request' }))).toEqual([noEnvironment, anyBranch]);
    });

    it.each(['ref', 'job_workflow_ref', 'environment'])('refuses a wildcard in %s', (claim) => {
      const bound = equals({ sub: 'repo:acme/nightshift:environment:prod', ref: 'refs/heads/main' });
      expect(trustOf(host, bound, { StringLike: { [`${host}:${claim}`]: 'release/*' } })).toEqual([
        `aws_iam_role.R: ${host} for release/* - use a value without wildcards`,
      ]);
    });

    it.each([
      { sub: 'repo:acme/nightshift:environment:prod', ref: 'refs/heads/main' },
      {
        sub: 'repo:acme/nightshift:environment:prod',
        job_workflow_ref: 'acme/ci/.github/workflows/d.yml@refs/heads/main',
      },
      { sub: 'repo:acme@1/nightshift@2:ref:refs/heads/main', environment: 'prod' },
      { sub: 'repo:acme/nightshift:environment:prod:ref:refs/heads/main' },
      { sub: 'repo:acme/nightshift:environment:prod:job_workflow_ref:acme/ci/.github/workflows/d.yml@refs/heads/main' },
    ])('accepts %j', (claims) => {
      expect(trustOf(host, equals(claims))).toEqual([]);
    });

    it('accepts the issuer of a GitHub enterprise', () => {
      const own = `${host}/acme`;
      expect(trustOf(own, equals({ sub: 'repo:acme/nightshift:environment:prod' }, own))).toEqual([
        anyBranch.replaceAll(host, own),
      ]);
    });
  });

  it('refuses wildcards in subjects of gitlab.com', () => {
    const gitlab = (sub: string) =>
      trust(
        { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
        { StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com' }, StringLike: { 'gitlab.com:sub': sub } },
      );
    expect(gitlab('project_path:acme/nightshift:ref_type:branch:ref:main')).toEqual([]);
    expect(gitlab('project_path:acme/nightshift:*')).toEqual([
      'aws_iam_role.R: gitlab.com for project_path:acme/nightshift:* - name one subject without wildcards, such as project_path:acme/nightshift:ref_type:branch:ref:main',
    ]);
  });

  it('finds a provider by reference, and accepts a prefix for your own provider', () => {
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
      findingsIn(
        trustPolicyRestricted,
        modelWith({
          aws_iam_openid_connect_provider: { Own: { url: 'https://oidc.example.com' } },
          aws_iam_role: { R: { assume_role_policy: assume_role_policy(sub) } },
        }),
      );
    expect(trusting('job:*')).toEqual([]);
    expect(trusting('*')).toEqual([
      'aws_iam_role.R: oidc.example.com for * - start the subject with a name, not with a wildcard',
    ]);
    expect(trust({ Federated: 'arn:aws:iam::123456789012:saml-provider/staff' })).toEqual([]);
  });

  it('accepts a service with source conditions, by ARN if its form is documented', () => {
    expect(trust(tasks, { ...account, ArnLike: { 'AWS:SourceArn': 'arn:aws:ecs:us-east-1:123456789012:*' } })).toEqual(
      [],
    );
    expect(trust({ Service: 'scheduler.amazonaws.com' }, account)).toEqual([]);
  });

  it('accepts CodeDeploy, which sends no source, and a named account', () => {
    expect(trust({ Service: 'codedeploy.amazonaws.com' })).toEqual([]);
    expect(trust({ AWS: 'arn:aws:iam::123456789012:root' })).toEqual([]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(trustPolicyRestricted, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
