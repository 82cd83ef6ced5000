export { FakeLocalCloud } from './fake-local-cloud';
