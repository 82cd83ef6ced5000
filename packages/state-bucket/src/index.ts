export { isChange, type SettingReport, orAbsent } from './bucket-settings';
export { type EnsuredBucket, ensureStateBucket } from './ensure-state-bucket';
export { removeStateBucket } from './remove-state-bucket';
export { environmentStates, type StoredState } from './stored-state';
export { recordOverride } from './record-override';
