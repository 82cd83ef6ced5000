export { ComputeStack, type ComputeStackProps } from './compute-stack';
export type { ComputeOutputs } from './compute-outputs';
