export { conflict, nextOccurrence } from './conflict';
export { describeOccurrence } from './describe-occurrence';
export { occurrencesBetween, type Occurrence } from './occurrences-between';
export { DAYS, type Day, type ProcessingWindow } from './processing-window';
