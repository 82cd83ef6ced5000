export { FakeAws } from './fake-aws';
export { FakeBucket } from './fake-s3';
