export {
  LocalCloud,
  type ControlRequest,
  type DownResult,
  type EnvironmentOptions,
  type LocalCloudOptions,
  type UpOptions,
  type UpResult,
} from './local-cloud';
export { type LocalCloudStatus, type RunningCloud, type StoppedCloud } from './cloud-status';
export { type ProcessEnvironment } from './cloud-environment';
export { type LocalEnvironment } from './health';
export { findPython, type Python } from './find-python';
export { type ImageBehaviour } from './images/image-behaviour';
export { type LocalImage, type LocalImageProps } from './images/local-image';
