export type { NetworkOutputs } from './network-outputs';
export { NetworkStack } from './network-stack';
