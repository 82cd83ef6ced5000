export { buildPlatform, type PlatformProps } from './build-platform';
export { synthesize, synthesizedStacks, synthesizeUnchecked, type SynthesizedStacks } from './synthesize';
