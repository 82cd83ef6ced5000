export { overlap, parseCidr, type Cidr } from './cidr';
export { environmentOf, type Environment } from './environment';
export { environmentSchema } from './environment-schema';
export { fargateCpus, fargateSizes, isFargateCpu, type FargateCpu } from './fargate-sizes';
export { listEnvironments, type ListedEnvironment } from './list-environments';
export { environmentNames, loadEnvironment, type EnvironmentSource } from './load-environment';
export { networkWarnings } from './network-warnings';
export { environmentFile, type EnvironmentFile } from './schema/environment';
export { unscopedActions } from './schema/unscoped-actions';
