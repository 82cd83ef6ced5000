export { EncryptionKey, type EncryptionKeyProps } from './encryption-key';
export { HardenedBucket, type HardenedBucketProps } from './hardened-bucket';
export { alarmsUseKey, eventsUseKey, logGroupsUseKey, type Place } from './key-statements';
export { literal } from './literal';
export {
  alarmTiming,
  metricAlarm,
  type AlarmDefinition,
  type AlarmTiming,
  type Metric,
  type MetricExpression,
} from './metric-alarm';
export { PlatformStack, type PlatformStackProps, type Published } from './platform-stack';
export { serviceTrust, type ServiceTrustProps } from './service-trust';
export { policyDocument, type Statement } from './statement';
