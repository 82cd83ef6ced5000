export type { RegistryOutputs } from './registry-outputs';
export { RegistryStack } from './registry-stack';
