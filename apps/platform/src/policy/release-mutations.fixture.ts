import type { Mutable, MutationTable } from './mutation.fixture';

const SERVICE = 'compute/Service/Resource';
const PRODUCTION = 'compute/Listeners/Production';
const BLUE = 'compute/TargetGroups/Blue';
const RELEASES = 'compute/Deployments/Group';

/** Faults in releases that rules must find. */
export const releaseMutations: MutationTable = {
  'blue-green-ignore-changes': [
    ...['task_definition', 'load_balancer', 'desired_count', 'capacity_provider_strategy'].map((attribute) => ({
      title: `Terraform takes ${attribute} back`,
      apply: (stacks: Mutable) => {
        const { lifecycle } = stacks.at(SERVICE);
        lifecycle.ignore_changes = lifecycle.ignore_changes.filter((one: string) => one !== attribute);
      },
    })),
    {
      title: 'a service that rolls by itself',
      apply: (stacks) => {
        stacks.at(SERVICE).deployment_controller.type = 'ECS';
      },
    },
    {
      title: 'Terraform takes the traffic back',
      apply: (stacks) => {
        delete stacks.at(PRODUCTION).lifecycle;
      },
    },
    {
      title: 'green may be deleted while the production listener forwards to it',
      apply: (stacks) => {
        delete stacks.at(PRODUCTION).depends_on;
      },
    },
    {
      title: 'target groups may be deleted before the service',
      apply: (stacks) => {
        delete stacks.at(SERVICE).depends_on;
      },
    },
    {
      title: 'ECS breaks the circuit',
      apply: (stacks) => {
        stacks.at(SERVICE).deployment_circuit_breaker = { enable: true, rollback: true };
      },
    },
    {
      title: 'Terraform waits for what never comes',
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
    { title: 'nothing releases the service', apply: (stacks) => stacks.remove(RELEASES) },
  ],
  'gates-cover-both-target-groups': [
    {
      title: 'no alarm watches green',
      apply: (stacks) => {
        stacks.at(RELEASES).alarm_configuration.alarms.pop();
      },
    },
    {
      title: 'the alarm on green watches blue',
      apply: (stacks) => {
        stacks.at('compute/Gates/UnhealthyHostCountGreen').dimensions.TargetGroup = stacks.reference(
          BLUE,
          'arn_suffix',
        );
      },
    },
    {
      title: 'an alarm does not exist',
      apply: (stacks) => {
        stacks.at(RELEASES).alarm_configuration.alarms.push('alarm-other-rich');
      },
    },
    {
      title: 'the alarms are not looked at',
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
      title: 'there are more alarms than CodeDeploy takes',
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
      title: 'a release that fails stays',
      apply: (stacks) => {
        stacks.at(RELEASES).auto_rollback_configuration.enabled = false;
      },
    },
    {
      title: 'a release that sets off an alarm stays',
      apply: (stacks) => {
        stacks.at(RELEASES).auto_rollback_configuration.events = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'];
      },
    },
  ],
  'target-group-health-check': [
    {
      title: 'tasks are asked for another path',
      apply: (stacks) => {
        stacks.at(BLUE).health_check.path = '/';
      },
    },
    {
      title: 'tasks may fail ten times',
      apply: (stacks) => {
        stacks.at(BLUE).health_check.unhealthy_threshold = 10;
      },
    },
    {
      title: 'nobody asks',
      apply: (stacks) => {
        stacks.at(BLUE).health_check.enabled = false;
      },
    },
    { title: 'no listener forwards to green', apply: (stacks) => stacks.remove('compute/Listeners/Test') },
  ],
};
