import type { Effects } from '../../effects';
import { jsonView } from './json-view';
import { lineView } from './line-view';
import { liveView } from './live-view';
import type { ReleaseView, ViewProps } from './release-view';

/** How a release is shown: to a program, to a person at a terminal, or in a log. */
export function viewFor(props: ViewProps, effects: Effects, json: boolean): ReleaseView {
  if (json) return jsonView(props, effects);
  return effects.watched ? liveView(props, effects) : lineView(props, effects);
}
