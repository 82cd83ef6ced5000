import type { MutationTable } from './mutation.fixture';

/** Values that Terraform accepts and AWS rejects, and mutable images. */
export const limitMutations: MutationTable = {
  'within-service-limits': [
    {
      title: 'a role description contains an invalid character',
      apply: (stacks) => (stacks.at('compute/TaskRoles/Task/Resource').description = 'Risk \u2013 at night'),
    },
    {
      title: 'a security group description is too long',
      apply: (stacks) => (stacks.at('network/SecurityGroups/Tasks').description = 'd'.repeat(256)),
    },
    {
      title: 'an alarm has six actions',
      apply: (stacks) => {
        const alarm = stacks.at('observability/Alarms/CpuUtilization');
        alarm.alarm_actions = Array(6).fill(alarm.alarm_actions[0]);
      },
    },
    {
      title: 'a log group has an unsupported retention',
      apply: (stacks) => (stacks.at('compute/Logs/Exec').retention_in_days = 31),
    },
    {
      title: 'a health check has too many failures',
      apply: (stacks) => (stacks.at('compute/TargetGroups/Blue').health_check.unhealthy_threshold = 11),
    },
    {
      title: 'a tag value is too long',
      apply: (stacks) => (stacks.at('network/Vpc/Resource').tags.Owner = 'o'.repeat(257)),
    },
    {
      title: 'a container has an unknown ulimit',
      apply: (stacks) => {
        stacks.json('compute/TaskDefinition/Resource', 'container_definitions', ([container]) => {
          container.ulimits[0].name = 'files';
        });
      },
    },
  ],
  'image-immutable': [
    {
      title: 'a repository has mutable tags',
      apply: (stacks) => (stacks.at('registry/Repository/Resource').image_tag_mutability = 'MUTABLE'),
    },
    {
      title: 'an image of another registry has a tag',
      apply: (stacks) => {
        stacks.json('compute/TaskDefinition/Resource', 'container_definitions', ([container]) => {
          container.image = 'public.ecr.aws/docker/library/node:22';
        });
      },
    },
  ],
};
