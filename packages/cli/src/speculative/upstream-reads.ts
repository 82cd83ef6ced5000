import type { RemoteState, StackJson } from './stack-json';

/** What a stack reads from the state of another one. */
export interface UpstreamRead {
  /** The other stack, such as `network`. */
  readonly stack: string;
  /** The name of the data source that reads it. */
  readonly dataSource: string;
  readonly state: RemoteState;
  /** Names of the outputs, sorted. */
  readonly values: readonly string[];
}

/** An expression that reads one output of another stack, as CDKTF writes it. */
export const REFERENCE = /\bdata\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g;

/** CDKTF names the data source after the stack. */
const PREFIX = 'cross-stack-reference-input-';

/** Everything that a stack reads from others. */
export function upstreamReads(json: StackJson): readonly UpstreamRead[] {
  const references = [...JSON.stringify(json).matchAll(REFERENCE)];
  return Object.entries(json.data?.terraform_remote_state ?? {}).map(([dataSource, state]) => ({
    stack: dataSource.replace(PREFIX, ''),
    dataSource,
    state,
    values: [
      ...new Set(references.flatMap(([, from, value]) => (from === dataSource && value !== undefined ? [value] : []))),
    ].sort(),
  }));
}
