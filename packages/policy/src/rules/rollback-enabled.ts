import { at, texts } from '../model/value';
import { attributeIs, rule } from '../rule';

const EVENTS = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];

export const rollbackEnabled = rule({
  id: 'rollback-enabled',
  severity: 'error',
  what: 'CodeDeploy rolls back a release that fails, that an alarm stops, or that a person stops',
  why: 'Otherwise a part of the traffic stays on the bad version after the release has ended.',
  sources: [
    'R10.4',
    'https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html#deployments-rollback-and-redeploy-automatic-rollbacks',
  ],
  appliesTo: (model) => model.all('aws_codedeploy_deployment_group'),
  check({ attributes }) {
    const events = texts(at(attributes, 'auto_rollback_configuration.events'));
    const missing = EVENTS.filter((event) => !events.includes(event));
    return [
      ...attributeIs(attributes, 'auto_rollback_configuration.enabled', true),
      ...(missing.length > 0
        ? [{ got: `auto_rollback_configuration.events without ${missing.join(', ')}`, fix: 'add what is missing' }]
        : []),
    ];
  },
});
