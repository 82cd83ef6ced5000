export { type ReleaseView, viewFor, windowNotices } from './release-view';
export { releaseMarkdown, writeReport } from './release-report';
export { cockpit } from './cockpit';
export { deploymentSentence, releaseSentence, serviceLines } from './service-lines';
export { type WatchedEnd, releaseConclusion, paintEnd, evidenceLines } from './release-end';
export { type OnInterrupt, listenForInterrupts } from './interrupts';
export { historyTable } from './history-table';
