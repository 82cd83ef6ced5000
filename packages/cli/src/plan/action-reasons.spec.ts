import { reasonText } from './action-reasons';

describe('why Terraform does something', () => {
  it.each([
    ['replace_because_cannot_update', ['name', 'cpu'], 'because name, cpu cannot be changed in place'],
    ['replace_because_cannot_update', [], 'because it cannot be changed in place'],
    ['replace_because_tainted', [], 'because a failed run has left it incomplete'],
    ['replace_by_request', [], 'because it was asked for'],
    ['replace_by_triggers', [], 'because something that it depends on changes'],
    ['delete_because_no_resource_config', [], 'because the configuration no longer has it'],
    ['delete_because_no_move_target', [], 'because it was moved to an address that the configuration does not have'],
  ])('%s %j: %s', (reason, forcing, text) => {
    expect(reasonText(reason, forcing)).toBe(text);
  });

  it('is left out where it is unknown or goes without saying', () => {
    expect(reasonText(undefined, [])).toBeUndefined();
    expect(reasonText('read_because_config_unknown', [])).toBeUndefined();
  });
});
