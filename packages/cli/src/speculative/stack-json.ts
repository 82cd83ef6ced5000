/** What CDKTF writes to read another stack's state: https://developer.hashicorp.com/terraform/language/state/remote-state-data */
export interface RemoteState {
  readonly backend: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Resources or data sources of one type by name. */
export type Blocks = Readonly<Record<string, object>>;

/** The parts of a synthesized stack, `cdk.tf.json`, by which it reads others. */
export interface StackJson {
  readonly data?: {
    readonly terraform_remote_state?: Readonly<Record<string, RemoteState>>;
    readonly [type: string]: Blocks;
  };
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly [block: string]: unknown;
}
