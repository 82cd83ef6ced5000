import type { TerraformEvent } from '@nightshift/terraform';

/** Shows a run while it goes on. */
export interface Progress {
  readonly event: (event: TerraformEvent) => void;
  /** Something to say beside Terraform's events. */
  readonly note: (text: string) => void;
  /** Takes away what is not meant to stay. */
  readonly end: () => void;
}
