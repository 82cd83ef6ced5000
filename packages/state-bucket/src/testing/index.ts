export { FakeAws } from './fake-aws';
export { FakeBucket } from './fake-s3';
export { FakeStateObjects } from './fake-state-objects';
