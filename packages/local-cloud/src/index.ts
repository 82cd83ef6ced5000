export {
  LocalCloud,
  type ControlRequest,
  type DownResult,
  type EnvironmentOptions,
  type LocalCloudOptions,
  type LocalCloudStatus,
  type RunningCloud,
  type StoppedCloud,
  type UpOptions,
  type UpResult,
} from './local-cloud';
export { type ProcessEnvironment } from './cloud-environment';
export { type LocalEnvironment } from './health';
export { findPython, type Python } from './find-python';
export { type ImageBehaviour } from './images/image-behaviour';
export { type LocalImage, type LocalImageProps } from './images/local-image';
