export { exitCodeOf, type End } from './outcome';
export { releaseRecord, type ReleaseRecord, type ReleaseVersion, type SuspendedState } from './record';
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
