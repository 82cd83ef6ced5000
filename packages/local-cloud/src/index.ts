export {
  LocalCloud,
  type DownResult,
  type EnvironmentOptions,
  type LocalCloudOptions,
  type LocalCloudStatus,
  type ProcessEnvironment,
  type RunningCloud,
  type StoppedCloud,
  type UpOptions,
  type UpResult,
} from './local-cloud';
