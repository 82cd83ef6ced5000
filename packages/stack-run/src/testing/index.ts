export { FakeRunEffects } from './fake-effects';
export { type FakeTerraform, nothingChanged } from './fake-terraform';
export { fakeWorkspace } from './fake-workspace';
export { reportOf, violationLine } from './policy-report';
