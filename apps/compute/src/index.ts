export type { ComputeOutputs } from './compute-outputs';
