export { deregisterReleases } from './agreement/deregister-releases';
export { releaseDue, type ReleaseDue } from './agreement/release-due';
export type { ServiceDifference } from './agreement/service-differences';
export { connectRelease, type ConnectReleaseOptions } from './connect-release';
export { releaseLine, type ReleaseLine } from './lines/release-line';
export { promoteRelease } from './controlling/promote-release';
export { runningDeployment } from './controlling/running-deployment';
export { stopRelease } from './controlling/stop-release';
export type { ChangeKind, DefinitionChange } from './diff/definition-change';
export { diffDefinitions } from './diff/diff-definitions';
export { diffRelease } from './diff/diff-release';
export { diffLines } from './diff/diff-lines';
export { exitCodeOf, type End } from './outcome';
export type { DeploymentSettings, TrafficRouting } from './planning/deployment-settings';
export { imageReference, versionName, type ImageReference } from './planning/image-reference';
export { lastGoodRelease } from './planning/last-good-release';
export { planRelease, type ReleasePlan, type ReleaseWish } from './planning/plan-release';
export { portsInUse } from './planning/running-service';
export { releaseTiming, usualMinutes, type ReleaseTiming } from './planning/release-timing';
export { isReleased } from './planning/revision-tags';
export type { ChecklistItem, Mark } from './preflight/checklist-item';
export type { Finding } from './preflight/check';
export { preflight, type Preflight } from './preflight/preflight';
export type { PreflightGroup } from './preflight/run-checks';
export type { WindowCheck } from './preflight/window-check';
export type { TaskContent } from './planning/task-content';
export { releaseHistory, type ReleaseHistory } from './records/release-history';
export { releaseRecord, type ReleaseRecord, type ReleaseVersion, type SuspendedState } from './record';
export type { ReleaseClients } from './release-clients';
export type { Clock, ReleaseContext } from './release-context';
export type {
  GateView,
  LifecycleEvent,
  Phase,
  ReleaseProgress,
  ReleaseVerdict,
  ServiceEventView,
  Snapshot,
  StoppedTask,
  TaskSetView,
} from './snapshot';
export { releaseTarget, type ReleaseTarget } from './target';
export { startRelease, type StartHooks, type StartStep } from './starting/start-release';
export { resumeRelease, type Resumed } from './watching/resume-release';
export { watchRelease, type WatchOptions } from './watching/watch-release';
