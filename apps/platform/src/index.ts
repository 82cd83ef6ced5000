export { buildPlatform, type PlatformProps } from './build-platform';
