export { buildPlatform, type PlatformProps } from './build-platform';
export { synthesize, synthesizedStacks, synthesizeUnjudged, type SynthesizedStacks } from './synthesize';
