export { conflict, nextOccurrence, occurrencesBetween, type Occurrence } from './occurrences';
export { describeOccurrence } from './describe-occurrence';
export type { ProcessingWindow } from './processing-window';
export type { Day } from './wall-clock';
