import { environmentNames, loadEnvironment } from './load-environment';

/** What the pipeline needs to know of an environment. */
export interface ListedEnvironment {
  readonly name: string;
  readonly profile: boolean;
  readonly cloud: 'aws' | 'local';
  readonly region: string;
  /** Lowest first. @default - the pipeline does not deploy it */
  readonly deliveryOrder?: number;
}

/** Every environment file in a directory, sorted by name. */
export function listEnvironments(directory: string): ListedEnvironment[] {
  return environmentNames(directory).map((name) => {
    const { cloud, region, delivery } = loadEnvironment({ directory, name });
    return { name, profile: false, cloud, region, ...(delivery && { deliveryOrder: delivery.order }) };
  });
}
