export { buildPlatform, type PlatformProps } from './build-platform';
export { synthesize, synthesizedStacks, type SynthesizedStacks } from './synthesize';
