/** One property of the state bucket or of its key: how to see that it is off, and how to set it right. */
export interface Setting<Target> {
  /** As the report names it. */
  readonly title: string;
  /** What is there instead, as a phrase that follows "was"; undefined when it is as it should be. */
  readonly deviation: (target: Target) => Promise<string | undefined>;
  readonly set: (target: Target) => Promise<void>;
}
