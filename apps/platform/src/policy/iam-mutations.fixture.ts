import type { MutationTable } from './mutation.fixture';
import { statement } from './statement.fixture';

/** Faults in IAM statements that rules must find. */
export const iamMutations: MutationTable = {
  'iam-actions-exist': [
    {
      title: 'an action of the task role is misspelt',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Policy', 'policy', (policy) => {
          statement(policy, 'ExecWriteLogs').Action[2] = 'logs:PutLogEvent';
        });
      },
    },
    {
      title: 'a topic denies an unknown action without TLS',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => {
          statement(policy, 'TlsOnly').Action = ['sns:Send*'];
        });
      },
    },
    {
      title: 'a trust policy allows an unknown action',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Resource', 'assume_role_policy', (policy) => {
          policy.Statement[0].Action = ['sts:AssumesRole'];
        });
      },
    },
  ],
  'iam-resources-match-actions': [
    {
      title: 'a statement allows writes to a log group instead of its streams',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Policy', 'policy', (policy) => {
          statement(policy, 'ExecWriteLogs').Resource = [stacks.reference('compute/Logs/Exec', 'arn')];
        });
      },
    },
    {
      title: 'a statement limits logs:DescribeLogGroups to a resource, which AWS does not support',
      apply: (stacks) => {
        stacks.json('network/FlowLogs/Permissions', 'policy', (policy) => {
          statement(policy, 'FindLogGroup').Resource = ['arn:aws:logs:us-east-1:123456789012:log-group:*'];
        });
      },
    },
    {
      title: 'an endpoint policy contains resources of another service',
      apply: (stacks) => {
        stacks.json('network/Endpoints/Ecs', 'policy', (policy) => {
          policy.Statement[0].Resource = ['arn:aws:ecr:us-east-1:123456789012:task/*'];
        });
      },
    },
    {
      title: 'the bucket policy denies requests on the bucket, but not on its objects',
      apply: (stacks) => {
        stacks.json('compute/AccessLogs/Policy', 'policy', (policy) => {
          statement(policy, 'DeliverLogs').Resource = [stacks.reference('compute/AccessLogs/Resource', 'arn')];
        });
      },
    },
  ],
  'iam-conditions-match-actions': [
    {
      title: 'a global condition key is misspelt',
      apply: (stacks) => {
        stacks.json('compute/AccessLogs/Policy', 'policy', (policy) => {
          statement(policy, 'TlsOnly').Condition = { Bool: { 'aws:SecureTransports': 'false' } };
        });
      },
    },
    {
      title: 'iam:PassRole has a condition key of another action',
      apply: (stacks) => {
        stacks.json('compute/Deployments/Role/Policy', 'policy', (policy) => {
          statement(policy, 'PassTaskRoles').Condition.StringEquals = { 'iam:PermissionsBoundary': 'x' };
        });
      },
    },
    {
      title: 'a key policy has an unknown operator',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Key/Resource', 'policy', (policy) => {
          statement(policy, 'AlarmsUseKey').Condition = { StringIs: { 'aws:SourceAccount': '123456789012' } };
        });
      },
    },
  ],
  'execution-role-sufficient': [
    {
      title: 'the execution role cannot log in to the registry',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Policy', 'policy', (policy) => {
          statement(policy, 'LogInToRegistry').Action = ['ecr:DescribeRegistry'];
        });
      },
    },
    {
      title: 'the execution role cannot pull',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Policy', 'policy', (policy) => {
          statement(policy, 'PullImage').Action.pop();
        });
      },
    },
    {
      title: 'the execution role cannot write the log',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Policy', 'policy', (policy) => {
          statement(policy, 'WriteLogs').Effect = 'Deny';
        });
      },
    },
    {
      title: 'the execution role cannot read the secrets',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Policy', 'policy', (policy) => {
          statement(policy, 'ReadSecrets').Resource = ['arn:aws:ssm:us-east-1:123456789012:parameter/other'];
        });
      },
    },
  ],
};
