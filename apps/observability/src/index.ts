export { ObservabilityStack, type ObservabilityOutputs, type ObservabilityStackProps } from './observability-stack';
