import type { Effects } from '../effects';
import type { ChosenStack } from '../stack/chosen-stack';
import { jsonProgress } from './json-progress';
import { lineProgress } from './line-progress';
import { liveProgress } from './live-progress';
import type { Progress } from './progress';

/** How a run is shown: to a program, to a person at a terminal, or in a log. */
export function progressFor(stack: ChosenStack, effects: Effects, json: boolean): Progress {
  if (json) return jsonProgress(stack, effects);
  return effects.watched ? liveProgress(stack, effects) : lineProgress(stack, effects);
}
