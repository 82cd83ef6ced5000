import type { TerraformAction } from '@nightshift/terraform';

interface ActionWords {
  readonly mark: string;
  readonly colour: 'green' | 'yellow' | 'red' | 'magenta' | 'dim';
  /** While it goes on. */
  readonly doing: string;
  readonly done: string;
}

const words = (mark: string, colour: ActionWords['colour'], doing: string, done: string): ActionWords => ({
  mark,
  colour,
  doing,
  done,
});

/** How people read what Terraform does. The marks are those of `terraform plan`. */
export const actionWords: Readonly<Record<TerraformAction, ActionWords>> = {
  create: words('+', 'green', 'creating', 'created'),
  update: words('~', 'yellow', 'updating', 'updated'),
  delete: words('-', 'red', 'destroying', 'destroyed'),
  replace: words('±', 'magenta', 'replacing', 'replaced'),
  read: words('<', 'dim', 'reading', 'read'),
  refresh: words('<', 'dim', 'refreshing', 'refreshed'),
  move: words('>', 'dim', 'moving', 'moved'),
  import: words('>', 'green', 'importing', 'imported'),
  remove: words('.', 'dim', 'forgetting', 'forgotten'),
  noop: words(' ', 'dim', 'checking', 'checked'),
  provision: words('+', 'green', 'provisioning', 'provisioned'),
  open: words('<', 'dim', 'opening', 'opened'),
  renew: words('<', 'dim', 'renewing', 'renewed'),
  close: words('<', 'dim', 'closing', 'closed'),
};
