export { synthStack, type Block, type SynthesizedStack } from './synth-stack';
export { testEnvironment, type EnvironmentOverrides } from './test-environment';
