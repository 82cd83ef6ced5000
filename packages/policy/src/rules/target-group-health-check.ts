import { attributeIs, rule } from '../rule';

/** The defaults of AWS: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const DEFAULT_PATH = '/';
const DEFAULT_FAILURES = 3;

const LISTENERS = ['aws_lb_listener', 'aws_lb_listener_rule'];

export const targetGroupHealthCheck = rule({
  id: 'target-group-health-check',
  severity: 'error',
  what: 'each target group has a health check, and a listener forwards to it',
  why: 'Without the health check, requests go to tasks that cannot answer. Without a listener, ECS rejects the target group and alarms have no data.',
  sources: [
    'R6.2',
    'R6.3',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  ],
  appliesTo: (model) => model.all('aws_lb_target_group'),
  check(group, model) {
    const configured = model.environment?.loadBalancer.healthCheck;
    const path = configured?.path ?? '/health';
    const failures = configured?.unhealthyThreshold ?? 3;
    const attached = model.uses(group).some(({ user }) => LISTENERS.includes(user.type));
    return [
      ...attributeIs(group.attributes, 'health_check.enabled', true, true),
      ...attributeIs(group.attributes, 'health_check.path', path, DEFAULT_PATH),
      ...attributeIs(group.attributes, 'health_check.unhealthy_threshold', failures, DEFAULT_FAILURES),
      ...(attached ? [] : [{ got: 'no listener', fix: 'add a listener that forwards to it' }]),
    ];
  },
});
