export { devLoop, type DevSteps, onlyOnce } from './dev-loop';
export { type PushedImage, pushImage } from './push-image';
export { type LoopEngine, releaseVersion } from './release-version';
export { type JobAnswer, sendJob, type ServiceAnswer, serviceAnswer } from './seed-job';
export { sourceDirectories, type SourceWatcher, watchSources } from './source-watcher';
