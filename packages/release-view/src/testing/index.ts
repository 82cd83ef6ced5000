export { recordFixture } from './record-fixture';
export { snapshotFixture, at } from './snapshot-fixture';
