export { devLoop, type DevSteps, onlyOnce } from './dev-loop';
export { type LoopEngine, releaseVersion } from './release-version';
export { answeringVersion, type JobAnswer, sendJob } from './seed-job';
export { type SourceWatcher, watchSources } from './source-watcher';
