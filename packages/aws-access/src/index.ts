export {
  type AwsClients,
  callerOf,
  guardAccount,
  connectEnvironment,
  connectRegistry,
  type RegistryClients,
  type Caller,
  clientConfig,
} from './aws-clients';
export { awsError, AwsError } from './aws-error';
export { type ProcessVariables, awsSettings, type AwsSettings } from './aws-settings';
export {
  endpointLines,
  type LocalClouds,
  type CloudEffects,
  cloudEnvironment,
  ALLOW_ENDPOINT_URL,
  foreignEndpoint,
  type InCloud,
} from './cloud-environment';
