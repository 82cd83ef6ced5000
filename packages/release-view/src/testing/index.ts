export { recordFixture } from './record-fixture';
export { snapshotFixture, statusFixture, at } from './snapshot-fixture';
