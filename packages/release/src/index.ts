export { deregisterFamily, releaseDue, type ReleaseDue, type ServiceDifference } from './terraform-handoff';
export { strayInsightsGroup, sweepInsightsGroup } from './insights-group';
export {
  connectRelease,
  type ConnectReleaseOptions,
  type ReleaseClients,
  type Clock,
  type ReleaseContext,
  type TestAnswer,
  type TestListener,
  type TestRequest,
} from './release-context';
export { accountRequirements, type ContextEffects, releaseContext } from './environment-context';
export { checkLine, planLine, type ReleaseEvent, releaseLine, snapshotLine } from './release-line';
export { type EndedWait, promoteRelease, stopRelease } from './control-release';
export { type DefinitionChange, diffDefinitions } from './plan/definition-diff';
export type { ChangeKind } from './plan/value-to-show';
export { diffRelease, diffLines } from './plan/diff-text';
export { exitCodeOf, type End } from './outcome';
export {
  type DeploymentSettings,
  type TrafficRouting,
  releaseTiming,
  usualMinutes,
  type ReleaseTiming,
} from './plan/deployment-settings';
export { imageReference, versionName, type ImageReference } from './image/image-name';
export { imageWarning, keepImagesInUse } from './image/images-in-use';
export type { ReleasePlan } from './plan/plan-release';
export type { ReleaseRequest } from './plan/release-state';
export { balancerInUse, type BalancerInUse, portsInUse } from './plan/running-service';
export { isReleased, type TaskContent } from './plan/task-revisions';
export {
  type Check,
  checklistItem,
  type ChecklistItem,
  failedChecks,
  type Finding,
  type Mark,
  runChecks,
} from './preflight/checklist';
export { preflight, type Preflight, type PreflightGroup } from './preflight/preflight';
export { releaseHistory, type ReleaseHistory } from './records/release-history';
export {
  releaseRecord,
  type ReleaseRecord,
  type ReleaseTraffic,
  type ReleaseVersion,
  type SuspendedState,
  type Verification,
} from './record';
export {
  type GateView,
  type LifecycleEvent,
  type OtherDeployment,
  type Phase,
  type ReleaseProgress,
  type ReleaseVerdict,
  type ServiceEventView,
  serviceStatus as serviceStatusSchema,
  type ServiceStatus,
  type Snapshot,
  type StatusProblem,
  type StoppedTask,
  type TargetGroupView,
  type TaskSetView,
} from './snapshot';
export {
  type ExecSession,
  runningTask,
  serviceTasks,
  serviceUrl,
  startExec,
  taskLogLine,
  type TaskLogLine,
  type TaskLogOptions,
  taskLogs,
  taskVariables,
  taskView,
  type TaskView,
} from './observe/service-tasks';
export { awaitHealthyTask, type UnhealthyService } from './observe/healthy-task';
export { otherDeployment, serviceStatus } from './observe/service-status';
export { suspendedParts } from './observe/status-problems';
export { releaseTarget, type ReleaseTarget } from './target';
export { startRelease, type StartHooks, type StartStep } from './start/start-release';
export {
  endedUnwatched,
  finishEndedRelease,
  type ReleaseRemains,
  remainsText,
  resumeRelease,
  type Resumed,
} from './watch/resume-release';
export { watchRelease, type WatchOptions } from './watch/watch-release';
