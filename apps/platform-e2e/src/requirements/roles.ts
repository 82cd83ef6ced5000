import { GetRoleCommand, GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';
import { runningDefinition } from '../harness/running-service';

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/** Actions without resource-level permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const UNSCOPED = /^(ecr:GetAuthorizationToken|ssmmessages:\w+|logs:DescribeLogGroups)$/;

/** R9: roles and permissions. */
export function roles(platform: () => Platform): void {
  const iam = () => platform().aws(IAMClient);
  const taskRoles = async () => {
    const taskDefinition = await runningDefinition(platform());
    const name = (arn = '') => arn.slice(arn.lastIndexOf('/') + 1);
    return { execution: name(taskDefinition?.executionRoleArn), task: name(taskDefinition?.taskRoleArn) };
  };
  const statements = async (RoleName: string): Promise<Statement[]> => {
    const { PolicyNames = [] } = await iam().send(new ListRolePoliciesCommand({ RoleName }));
    const policies = await Promise.all(
      PolicyNames.map((PolicyName) => iam().send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
    );
    return policies.flatMap(
      ({ PolicyDocument = '' }) =>
        (JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: Statement[] }).Statement,
    );
  };

  it('R9.1 the execution role can pull from one repository, write to log groups, and nothing else', async () => {
    const { execution } = await taskRoles();
    const scoped = (await statements(execution)).filter(({ Resource }) => !Resource.includes('*'));
    const may = scoped.flatMap(({ Action }) => Action).sort();
    expect(may).toEqual([
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
    const repository = scoped
      .filter(({ Action }) => Action.includes('ecr:BatchGetImage'))
      .flatMap((one) => one.Resource);
    expect(only(repository)).toMatch(new RegExp(`:repository/${platform().names.of('ecr-repository')}$`));
  });

  it('R9.2 no role allows all actions, and * is used only for actions without resource-level permissions', async () => {
    const { execution, task } = await taskRoles();
    expect(execution).not.toBe(task);
    for (const role of [execution, task]) {
      for (const { Action, Resource } of await statements(role)) {
        expect(Action.filter((action) => action.includes('*'))).toEqual([]);
        if (Resource.includes('*')) expect(Action.filter((action) => !UNSCOPED.test(action))).toEqual([]);
      }
    }
  });

  it('R9.3 ECS can assume the roles for this account only', async () => {
    for (const RoleName of Object.values(await taskRoles())) {
      const { Role } = await iam().send(new GetRoleCommand({ RoleName }));
      const { Statement: trust } = JSON.parse(decodeURIComponent(String(Role?.AssumeRolePolicyDocument))) as {
        Statement: unknown[];
      };
      expect(trust).toMatchObject([
        {
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': expect.stringMatching(/^\d{12}$/) as string },
            ArnLike: { 'aws:SourceArn': expect.stringContaining(':ecs:') as string },
          },
        },
      ]);
    }
  });
}
