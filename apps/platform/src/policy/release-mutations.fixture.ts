import type { Mutable, MutationTable } from './mutation.fixture';

const SERVICE = 'compute/Service/Resource';
const PRODUCTION = 'compute/Listeners/Production';
const BLUE = 'compute/TargetGroups/Blue';
const RELEASES = 'compute/Deployments/Group';

/** Faults in releases that rules must find. */
export const releaseMutations: MutationTable = {
  'blue-green-ignore-changes': [
    ...['task_definition', 'load_balancer', 'desired_count', 'capacity_provider_strategy'].map((attribute) => ({
      title: `Terraform would revert ${attribute}`,
      apply: (stacks: Mutable) => {
        const { lifecycle } = stacks.at(SERVICE);
        lifecycle.ignore_changes = lifecycle.ignore_changes.filter((one: string) => one !== attribute);
      },
    })),
    {
      title: 'the service has the ECS deployment controller',
      apply: (stacks) => {
        stacks.at(SERVICE).deployment_controller.type = 'ECS';
      },
    },
    {
      title: 'Terraform would revert the traffic',
      apply: (stacks) => {
        delete stacks.at(PRODUCTION).lifecycle;
      },
    },
    {
      title: 'the green target group can be deleted while the production listener forwards to it',
      apply: (stacks) => {
        delete stacks.at(PRODUCTION).depends_on;
      },
    },
    {
      title: 'target groups can be deleted before the service',
      apply: (stacks) => {
        delete stacks.at(SERVICE).depends_on;
      },
    },
    {
      title: 'the service has a deployment circuit breaker',
      apply: (stacks) => {
        stacks.at(SERVICE).deployment_circuit_breaker = { enable: true, rollback: true };
      },
    },
    {
      title: 'Terraform waits for a steady state, which CODE_DEPLOY never reports',
      apply: (stacks) => {
        stacks.at(SERVICE).wait_for_steady_state = true;
      },
    },
    {
      title: 'Terraform forces a deployment',
      apply: (stacks) => {
        stacks.at(SERVICE).force_new_deployment = true;
      },
    },
    { title: 'the service has no deployment group', apply: (stacks) => stacks.remove(RELEASES) },
  ],
  'gates-cover-both-target-groups': [
    {
      title: 'no alarm watches the green target group',
      apply: (stacks) => {
        stacks.at(RELEASES).alarm_configuration.alarms.pop();
      },
    },
    {
      title: 'the alarm on green watches the blue target group',
      apply: (stacks) => {
        stacks.at('compute/Gates/UnhealthyHostCountGreen').dimensions.TargetGroup = stacks.reference(
          BLUE,
          'arn_suffix',
        );
      },
    },
    {
      title: 'an alarm of the deployment group does not exist',
      apply: (stacks) => {
        stacks.at(RELEASES).alarm_configuration.alarms.push('alarm-other-rich');
      },
    },
    {
      title: 'the alarm configuration is disabled',
      apply: (stacks) => {
        stacks.at(RELEASES).alarm_configuration.enabled = false;
      },
    },
    {
      title: 'a release continues when the alarms cannot be read',
      apply: (stacks) => {
        stacks.at(RELEASES).alarm_configuration.ignore_poll_alarm_failure = true;
      },
    },
    {
      title: 'the deployment group has more alarms than CodeDeploy supports',
      apply: (stacks) => {
        const { alarm_configuration } = stacks.at(RELEASES);
        alarm_configuration.alarms = Array.from({ length: 11 }, () => alarm_configuration.alarms)
          .flat()
          .slice(0, 11);
      },
    },
  ],
  'rollback-enabled': [
    {
      title: 'a failed release is not rolled back',
      apply: (stacks) => {
        stacks.at(RELEASES).auto_rollback_configuration.enabled = false;
      },
    },
    {
      title: 'an alarm does not roll a release back',
      apply: (stacks) => {
        stacks.at(RELEASES).auto_rollback_configuration.events = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'];
      },
    },
  ],
  'target-group-health-check': [
    {
      title: 'the health check has another path',
      apply: (stacks) => {
        stacks.at(BLUE).health_check.path = '/';
      },
    },
    {
      title: 'the health check allows ten failures',
      apply: (stacks) => {
        stacks.at(BLUE).health_check.unhealthy_threshold = 10;
      },
    },
    {
      title: 'the health check is disabled',
      apply: (stacks) => {
        stacks.at(BLUE).health_check.enabled = false;
      },
    },
    {
      title: 'no listener forwards to the green target group',
      apply: (stacks) => stacks.remove('compute/Listeners/Test'),
    },
  ],
};
