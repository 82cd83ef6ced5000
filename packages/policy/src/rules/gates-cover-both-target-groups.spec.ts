import { findingsIn, modelWith } from '../model.fixture';
import { Model } from '../model/model';
import type { Attributes } from '../model/value';
import { gatesCoverBothTargetGroups } from './gates-cover-both-target-groups';

const on = (group: string) => ({ TargetGroup: `\${aws_lb_target_group.${group}.arn_suffix}` });

function modelOf(configuration: Attributes) {
  return modelWith({
    aws_codedeploy_deployment_group: {
      Group: {
        ecs_service: { service_name: 'service' },
        load_balancer_info: {
          target_group_pair_info: { target_group: [{ name: 'blue' }, { name: 'green' }] },
        },
        alarm_configuration: { enabled: true, ...configuration },
      },
    },
    aws_lb_target_group: { Blue: { name: 'blue' }, Green: { name: 'green' } },
    aws_cloudwatch_composite_alarm: { Both: { alarm_name: 'both' } },
    aws_cloudwatch_metric_alarm: {
      Blue: { alarm_name: 'blue', dimensions: on('Blue') },
      Green: { alarm_name: 'green', metric_query: [{ metric: [{ dimensions: on('Green') }] }] },
      Vague: { alarm_name: 'vague', metric_name: 'UnHealthyHostCount', dimensions: '${aws_lb.Main.arn_suffix}' },
      Errors: { alarm_name: 'errors', dimensions: { LoadBalancer: 'x' } },
    },
  });
}

const checked = (configuration: Attributes) => findingsIn(gatesCoverBothTargetGroups, modelOf(configuration));

const GROUP = 'aws_codedeploy_deployment_group.Group';
const missing = (name: string, group: string) =>
  `${GROUP}: no alarm on aws_lb_target_group.${group} (${name}) - add one with the dimension TargetGroup to alarm_configuration.alarms`;

describe('gates-cover-both-target-groups (R10.4)', () => {
  it('refuses disabled alarms, and releases that continue if alarms cannot be read', () => {
    const alarms = ['blue', 'green'];
    expect(checked({ enabled: false, ignore_poll_alarm_failure: true, alarms })).toEqual([
      `${GROUP}: alarm_configuration.enabled false - set it to true`,
      `${GROUP}: alarm_configuration.ignore_poll_alarm_failure true - set it to false`,
    ]);
  });

  it('refuses alarms on one target group only, and no alarms', () => {
    expect(checked({ alarms: ['blue', 'errors'] })).toEqual([missing('green', 'Green')]);
    expect(checked({})).toEqual([missing('blue', 'Blue'), missing('green', 'Green')]);
  });

  it('refuses alarms that do not exist, or that are composite', () => {
    const fix = 'use a metric alarm of this environment';
    const alarms = ['blue', 'green', 'gone', '${aws_cloudwatch_composite_alarm.Both.alarm_name}'];
    expect(checked({ alarms })).toEqual([
      `${GROUP}: alarm_configuration.alarms gone - ${fix}`,
      `${GROUP}: alarm_configuration.alarms \${aws_cloudwatch_composite_alarm.Both.alarm_name} - ${fix}`,
    ]);
  });

  it('refuses more alarms than CodeDeploy supports', () => {
    const alarms = [...Array.from({ length: 9 }, () => 'blue'), 'green'];
    expect(checked({ alarms })).toEqual([]);
    expect(checked({ alarms: [...alarms, 'errors'] })).toEqual([
      `${GROUP}: alarm_configuration.alarms 11 - use at most 10, the limit of CodeDeploy`,
    ]);
  });

  it('accepts alarms on both, by name or by reference', () => {
    expect(checked({ alarms: ['${aws_cloudwatch_metric_alarm.Blue.alarm_name}', 'green'] })).toEqual([]);
  });

  it('does not check alarms that are unknown until apply or outside of the plan', () => {
    const planned = (alarms: string[]) => new Model({ source: 'plan', stacks: modelOf({ alarms }).stacks });
    expect(findingsIn(gatesCoverBothTargetGroups, planned(['vague']))).toEqual([
      `${GROUP}: not checked: alarm_configuration.alarms is unknown until apply`,
    ]);
    expect(findingsIn(gatesCoverBothTargetGroups, planned(['blue', 'green', 'elsewhere']))).toEqual([
      `${GROUP}: not checked: alarm_configuration.alarms refers to something outside of the plan`,
    ]);
    expect(findingsIn(gatesCoverBothTargetGroups, planned(['blue', 'errors']))).toEqual([missing('green', 'Green')]);
    expect(checked({ alarms: ['vague', 'blue'] })).toEqual([missing('green', 'Green')]);
  });

  it('does not apply to deployments to servers', () => {
    const model = modelWith({ aws_codedeploy_deployment_group: { Servers: {} } });
    expect(findingsIn(gatesCoverBothTargetGroups, model)).toBe('not applicable');
  });
});
