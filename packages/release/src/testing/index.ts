export { digestOf, FakeEcr, type FakeScan } from './fake-ecr';
export { complete, finding, scanIn } from './fake-scan';
