export { FakeRunEffects } from './fake-effects';
export { type FakeTerraform, nothingChanged } from './fake-terraform';
export { fakeWorkspace } from './fake-workspace';
export { forEachTest } from './for-each-test';
export { reportOf, violationLine } from './policy-report';
