import { at, texts } from '../model/value';
import { attributeIs, rule } from '../rule';

const EVENTS = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];

export const rollbackOn = rule({
  id: 'rollback-on',
  severity: 'error',
  what: 'a release that fails, sets off an alarm or is stopped goes back by itself',
  why: 'Otherwise traffic stays where the release was when it ended, part of it on a version that is known to be bad.',
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
