import type { Json, MutationTable } from './mutation.fixture';

/** The statement of a policy by its id. */
const statement = (policy: Json, sid: string): Json => policy.Statement.find(({ Sid }: { Sid: string }) => Sid === sid);

/** Faults that rules about permissions, encryption, logs and alarms have to see. */
export const securityMutations: MutationTable = {
  'iam-no-wildcard': [
    {
      title: 'the task may do anything',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Policy', 'policy', (policy) => (statement(policy, 'Queue').Action = ['*']));
      },
    },
    {
      title: 'the task may send to every queue',
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
  'iam-pass-role-bound': [
    {
      title: 'CodeDeploy may pass any role',
      apply: (stacks) => {
        stacks.json('compute/Deployments/Role/Policy', 'policy', (policy) => {
          statement(policy, 'PassTaskRoles').Resource = '*';
        });
      },
    },
    {
      title: 'CodeDeploy may pass roles to any service',
      apply: (stacks) => {
        stacks.json('compute/Deployments/Role/Policy', 'policy', (policy) => {
          delete statement(policy, 'PassTaskRoles').Condition;
        });
      },
    },
  ],
  'trust-bound': [
    {
      title: 'tasks of other accounts may take the task role',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Task/Resource', 'assume_role_policy', (policy) => {
          delete policy.Statement[0].Condition.StringEquals;
        });
      },
    },
    {
      title: 'flow logs of anything may take the role',
      apply: (stacks) => {
        stacks.json('network/FlowLogs/Role', 'assume_role_policy', (policy) => {
          delete policy.Statement[0].Condition.ArnLike;
        });
      },
    },
    {
      title: 'everyone may take the execution role',
      apply: (stacks) => {
        stacks.json('compute/TaskRoles/Execution/Resource', 'assume_role_policy', (policy) => {
          policy.Statement[0].Principal = '*';
        });
      },
    },
  ],
};
