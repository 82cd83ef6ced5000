export { connectRelease, type ConnectReleaseOptions } from './connect-release';
export { releaseLine, type ReleaseLine } from './lines/release-line';
export { exitCodeOf, type End } from './outcome';
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
