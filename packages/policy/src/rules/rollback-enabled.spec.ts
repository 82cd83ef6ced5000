import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { rollbackEnabled } from './rollback-enabled';

const GROUP = 'aws_codedeploy_deployment_group.Group';
const events = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];
const checked = (auto_rollback_configuration: Attributes) =>
  findingsIn(
    rollbackEnabled,
    modelWith({ aws_codedeploy_deployment_group: { Group: { auto_rollback_configuration } } }),
  );

describe('rollback-enabled (R10.4)', () => {
  it('refuses a group without rollback, or with rollback on some events only', () => {
    expect(checked({})).toEqual([
      `${GROUP}: auto_rollback_configuration.enabled none - set it to true`,
      `${GROUP}: auto_rollback_configuration.events without DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST - add what is missing`,
    ]);
    expect(checked({ enabled: false, events: events.slice(1) })).toEqual([
      `${GROUP}: auto_rollback_configuration.enabled false - set it to true`,
      `${GROUP}: auto_rollback_configuration.events without DEPLOYMENT_FAILURE - add what is missing`,
    ]);
  });

  it('accepts a group with rollback on all three events', () => {
    expect(checked({ enabled: true, events })).toEqual([]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(rollbackEnabled, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
