/**
 * Why Terraform plans an action, by `action_reason`;
 * https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'because a failed run has left it incomplete',
  replace_by_request: 'because it was asked for',
  replace_by_triggers: 'because something that it depends on changes',
  delete_because_no_resource_config: 'because the configuration no longer has it',
  delete_because_no_move_target: 'because it was moved to an address that the configuration does not have',
};

/** A phrase, or undefined where there is nothing to say beside the action. */
export function reasonText(reason: string | undefined, forcing: readonly string[]): string | undefined {
  if (reason === 'replace_because_cannot_update') {
    return forcing.length === 0
      ? 'because it cannot be changed in place'
      : `because ${forcing.join(', ')} cannot be changed in place`;
  }
  return reason === undefined ? undefined : reasons[reason];
}
