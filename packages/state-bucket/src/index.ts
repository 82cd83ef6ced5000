export { isChange, type SettingReport, orAbsent } from './bucket-settings';
export { type EnsuredBucket, ensuredBucket, ensureStateBucket } from './ensure-state-bucket';
export { removedBucket, removeStateBucket } from './remove-state-bucket';
export { environmentStates, type StoredState } from './stored-state';
export { type StateObjects, stateObjects, type StoredObject } from './state-objects';
export { recordOverride } from './record-override';
