import type { Json, MutationTable } from './mutation.fixture';
import { statement } from './statement.fixture';

/** Faults in permissions, keys, logs and buckets that rules must find. */
export const securityMutations: MutationTable = {
  'log-group-per-container': [
    {
      title: 'the container logs to a group that no stack creates',
      apply: (stacks) => {
        stacks.json('compute/TaskDefinition/Resource', 'container_definitions', ([container]) => {
          container.logConfiguration.options['awslogs-group'] = 'other';
        });
      },
    },
    {
      title: 'the container has no log configuration',
      apply: (stacks) => {
        stacks.json('compute/TaskDefinition/Resource', 'container_definitions', ([container]) => {
          delete container.logConfiguration;
        });
      },
    },
    {
      title: 'flow logs are not encrypted',
      apply: (stacks) => {
        delete stacks.at('network/FlowLogs/LogGroup').kms_key_id;
      },
    },
    {
      title: 'the log group of sessions has no retention',
      apply: (stacks) => {
        delete stacks.at('compute/Logs/Exec').retention_in_days;
      },
    },
  ],
  'kms-key-policy': [
    {
      title: 'a key has no rotation',
      apply: (stacks) => {
        stacks.at('registry/Repository/Key/Resource').enable_key_rotation = false;
      },
    },
    {
      title: 'alarms cannot use the key of their topic',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Key/Resource', 'policy', (policy) => {
          policy.Statement = policy.Statement.filter(({ Sid }: Json) => Sid !== 'AlarmsUseKey');
        });
      },
    },
    {
      title: 'the key policy has a condition that EventBridge cannot meet',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Key/Resource', 'policy', (policy) => {
          statement(policy, 'EventsUseKey').Condition = statement(policy, 'AlarmsUseKey').Condition;
        });
      },
    },
    {
      title: 'a log group is renamed, but not in the policy of its key',
      apply: (stacks) => {
        stacks.at('compute/Logs/Exec').name = 'log-group-sessions-rich';
      },
    },
    {
      title: 'the key of the flow logs allows any principal',
      apply: (stacks) => {
        stacks.json('network/FlowLogs/Key/Resource', 'policy', (policy) => {
          statement(policy, 'LogGroupsUseKey').Principal = '*';
        });
      },
    },
    {
      title: 'the key of the images allows a service that does not use it',
      apply: (stacks) => {
        stacks.json('registry/Repository/Key/Resource', 'policy', (policy) => {
          policy.Statement.push({
            Effect: 'Allow',
            Principal: { Service: 'ecr.amazonaws.com' },
            Action: 'kms:Decrypt',
          });
        });
      },
    },
  ],
  'iam-no-wildcard': [
    {
      title: 'the task role allows all actions',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Policy', 'policy', (policy) => (statement(policy, 'Queue').Action = ['*']));
      },
    },
    {
      title: 'the task role allows sends to every queue',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Policy', 'policy', (policy) => (statement(policy, 'Queue').Resource = '*'));
      },
    },
    {
      title: 'an endpoint is open to every account',
      apply: (stacks) => {
        stacks.json('network/Endpoints/EcrApi', 'policy', (policy) => delete policy.Statement[0].Condition);
      },
    },
  ],
  'iam-pass-role-restricted': [
    {
      title: 'CodeDeploy can pass any role',
      apply: (stacks) => {
        stacks.json('compute/Deployments/Role/Policy', 'policy', (policy) => {
          statement(policy, 'PassTaskRoles').Resource = '*';
        });
      },
    },
    {
      title: 'CodeDeploy can pass roles to any service',
      apply: (stacks) => {
        stacks.json('compute/Deployments/Role/Policy', 'policy', (policy) => {
          delete statement(policy, 'PassTaskRoles').Condition;
        });
      },
    },
  ],
  'trust-policy-restricted': [
    {
      title: 'tasks of other accounts can assume the task role',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Resource', 'assume_role_policy', (policy) => {
          delete policy.Statement[0].Condition.StringEquals;
        });
      },
    },
    {
      title: 'flow logs of any resource can assume the role',
      apply: (stacks) => {
        stacks.json('network/FlowLogs/Role', 'assume_role_policy', (policy) => {
          delete policy.Statement[0].Condition.ArnLike;
        });
      },
    },
    {
      title: 'every GitHub workflow can assume the task role',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Resource', 'assume_role_policy', (policy) => {
          const host = 'token.actions.githubusercontent.com';
          policy.Statement[0] = {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' },
              StringLike: { [`${host}:sub`]: 'repo:*' },
            },
          };
        });
      },
    },
    {
      title: 'any principal can assume the execution role',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Resource', 'assume_role_policy', (policy) => {
          policy.Statement[0].Principal = '*';
        });
      },
    },
  ],
  'execution-role-minimal': [
    {
      title: 'the execution role can pull from every repository',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Policy', 'policy', (policy) => {
          statement(policy, 'PullImage').Resource = '*';
        });
      },
    },
    {
      title: 'the execution role can write the log of sessions',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Policy', 'policy', (policy) => {
          statement(policy, 'WriteLogs').Resource = [`${stacks.reference('compute/Logs/Exec', 'arn')}:*`];
        });
      },
    },
    {
      title: 'the execution role can decrypt with every key',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Policy', 'policy', (policy) => {
          delete statement(policy, 'DecryptSecrets').Condition;
        });
      },
    },
    {
      title: 'the task role is the execution role',
      apply: (stacks) => {
        const task = stacks.at('compute/TaskDefinition/Resource');
        task.task_role_arn = task.execution_role_arn;
      },
    },
    {
      title: 'an AWS managed policy is attached to the execution role',
      apply: (stacks) => {
        stacks.add('compute', 'aws_iam_role_policy_attachment', 'Extra', {
          '//': { metadata: { path: 'compute/Extra' } },
          role: stacks.reference('compute/TaskRoles/Execution/Resource', 'name'),
          policy_arn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
        });
      },
    },
  ],
};
