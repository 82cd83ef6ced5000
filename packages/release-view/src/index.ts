export { type ReleaseView, viewFor, type Notices } from './release-view';
export { releaseMarkdown, writeReport } from './release-report';
export { cockpit } from './cockpit';
export { deploymentSentence, releaseSentence, serviceLines } from './service-lines';
export {
  notVerifiedLines,
  outcomeText,
  type WatchedEnd,
  releaseConclusion,
  paintEnd,
  evidenceLines,
} from './release-end';
export { type OnInterrupt, listenForInterrupts } from './interrupts';
