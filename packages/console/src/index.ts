export {
  cut,
  span,
  type TextLine,
  type TextStyle,
  widthOf,
  apart,
  clockTime,
  dayOf,
  oneLine,
  type TextSpan,
  wrapped,
  paint,
  tableLines,
  checklistLine,
} from './text';
export { logLineText } from './log-line';
export { about, wholeSeconds, duration } from './duration';
export {
  type Keyboard,
  type KeyPresses,
  onDistinctSignal,
  type ProcessControl,
  type StopSignal,
  type Terminal,
  warnOn,
  type Time,
  type Colours,
  type Output,
} from './terminal';
export { fencedBlock, plainText, codeSpan } from './markdown';
export { liveArea } from './live-area';
export { runForeground } from './run-foreground';
