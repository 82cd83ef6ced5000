export { digestOf, FakeEcr, type FakeScan } from './fake-ecr';
export { complete, finding, scanIn } from './fake-scan';
export { BLUE, GREEN, PreflightFixture, PRODUCTION, revisionArn, TEST } from './preflight-fixture';
