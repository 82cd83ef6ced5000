import { PreflightFixture } from '../testing';

const deploy = 'npx nx run compute:deploy -c test';

describe('the access checks before a release', () => {
  let fixture: PreflightFixture;
  beforeEach(() => {
    fixture = new PreflightFixture();
  });

  describe('roles', () => {
    it('exist', async () => {
      fixture.refuse('GetRole', 'NoSuchEntityException');
      expect(await fixture.line('roles')).toBe(
        `[FAIL] role not found: iam-role-execution-test; role not found: iam-role-task-test -> restore them: ${deploy}`,
      );
    });

    it.each([
      ['another service', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ec2.amazonaws.com'] } }],
      ['nobody', { Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
      [
        'another act',
        { Effect: 'Allow', Action: ['sts:TagSession'], Principal: { Service: 'ecs-tasks.amazonaws.com' } },
      ],
      ['everybody', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
      ['what is not said', { Effect: 'Allow' }],
    ])('trust ECS, not %s', async (_, statement) => {
      const document = encodeURIComponent(JSON.stringify({ Statement: statement }));
      fixture.answers['GetRole'] = () => ({ Role: { AssumeRolePolicyDocument: document } });
      delete fixture.definition['taskRoleArn'];
      expect(await fixture.line('roles')).toBe(
        `[FAIL] iam-role-execution-test does not trust ecs-tasks.amazonaws.com -> restore them: ${deploy}`,
      );
    });

    it('rethrows other errors of IAM', async () => {
      fixture.refuse('GetRole', 'ServiceFailure');
      await expect(fixture.run()).rejects.toThrow('ServiceFailure');
    });
  });

  describe('log groups and secrets', () => {
    it('require the log groups by their full names', async () => {
      fixture.answers['DescribeLogGroups'] = () => ({ logGroups: [{ logGroupName: 'log-group-container-test-2' }] });
      const missing = `[FAIL] log group not found: log-group-container-test -> restore it: ${deploy}`;
      expect(await fixture.line('log groups')).toBe(missing);
      fixture.answers['DescribeLogGroups'] = () => ({});
      expect(await fixture.line('log groups')).toBe(missing);
    });

    it('require the secrets', async () => {
      fixture.answers['DescribeParameters'] = () => ({});
      expect(await fixture.line('secrets')).toBe(
        "[FAIL] parameter not found: /risk/db -> aws ssm put-parameter --type SecureString --name /risk/db --value '…' --region us-east-1",
      );
    });

    it('accept more secrets than fit into one call', async () => {
      const secrets = Array.from({ length: 60 }, (_, number) => ({
        name: `S${String(number)}`,
        valueFrom: `p${String(number)}`,
      }));
      fixture.definition['containerDefinitions'] = [{ name: 'batch-processor', image: 'x:1.4.2', secrets }];
      const asked: number[] = [];
      fixture.answers['DescribeParameters'] = ({ ParameterFilters: [{ Values }], NextToken }) => {
        asked.push((Values as string[]).length);
        const names = (Values as string[]).map((Name) => ({ Name }));
        return NextToken === undefined
          ? { Parameters: names.slice(0, 5), NextToken: '2' }
          : { Parameters: names.slice(5) };
      };
      expect(await fixture.line('secrets')).toContain('[OK] p0, p1, ');
      expect(asked).toEqual([50, 50, 10, 10]);
    });

    it('accept a parameter whose name has no leading slash, although its ARN has one', async () => {
      fixture.answers['DescribeParameters'] = () => ({ Parameters: [{ Name: 'risk/db' }] });
      expect(await fixture.line('secrets')).toBe('[OK] /risk/db');
    });

    it.each([
      ['another act', { Effect: 'Allow', Action: 'ssm:PutParameter', Resource: '*' }],
      ['another secret', { Effect: 'Allow', Action: 'ssm:*', Resource: 'arn:aws:ssm:*:*:parameter/risk/d' }],
      ['no act at all', { Effect: 'Allow', Resource: '*' }],
      ['nothing at all', { Effect: 'Allow', Action: 'ssm:GetParameters' }],
      ['what is forbidden', { Effect: 'Deny', Action: 'ssm:GetParameters', Resource: '*' }],
    ])('require permission of the execution role to read the secrets, not %s', async (_, statement) => {
      fixture.rights = { Statement: statement };
      expect(await fixture.line('access to secrets')).toBe(
        `[FAIL] iam-role-execution-test cannot read /risk/db -> allow it: ${deploy}`,
      );
    });

    it('accept permission by a pattern', async () => {
      fixture.rights = {
        Statement: { Effect: 'Allow', Action: 'ssm:Get*', Resource: 'arn:aws:ssm:*:*:parameter/risk/d?' },
      };
      expect(await fixture.line('access to secrets')).toBe('[OK] iam-role-execution-test can read them');
    });

    it('skip the permissions of a role with managed policies', async () => {
      fixture.answers['ListRolePolicies'] = () => ({});
      fixture.answers['ListAttachedRolePolicies'] = () => ({ AttachedPolicies: [{ PolicyName: 'Everything' }] });
      expect(await fixture.line('access to secrets')).toBe(
        '[SKIP] iam-role-execution-test has managed policies, which are not checked',
      );
    });

    it('skip the permissions of a missing role, which another check reports', async () => {
      fixture.refuse('ListRolePolicies', 'NoSuchEntityException');
      expect(await fixture.line('access to secrets')).toBe('[SKIP] needs: roles');
      fixture.refuse('ListRolePolicies', 'ServiceFailure');
      await expect(fixture.run()).rejects.toThrow('ServiceFailure');
    });

    it('pass without log groups and secrets', async () => {
      fixture.definition['containerDefinitions'] = [{ name: 'batch-processor', image: 'x:1.4.2' }];
      expect(await fixture.line('secrets')).toBe('[OK] no container uses secrets');
      expect(await fixture.line('access to secrets')).toBe('[SKIP] no container uses secrets');
      expect(await fixture.line('log groups')).toBe('[OK] no container writes to one');
    });
  });
});
