export { conflict, nextOccurrence } from './conflict';
export { describeOccurrence } from './describe-occurrence';
export { occurrencesBetween, type Occurrence } from './occurrences-between';
export type { ProcessingWindow } from './processing-window';
export type { Day } from './wall-clock';
