export { buildPlatform, type PlatformProps } from './build-platform';
export { synthesize } from './synthesize';
