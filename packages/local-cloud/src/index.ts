export {
  LocalCloud,
  type ControlRequest,
  type DownResult,
  type EnvironmentOptions,
  type LocalCloudOptions,
  type UpOptions,
  type UpResult,
} from './local-cloud';
export type { LocalCloudStatus, RunningCloud, StoppedCloud, LocalEnvironment } from './server-health';
export { type ProcessEnvironment } from './cloud-environment';
export { findPython, type Python } from './find-python';
export type { ImageBehaviour, LocalImage, LocalImageProps } from './local-image';
