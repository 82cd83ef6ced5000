import type { ContainerDefinition } from '@aws-sdk/client-ecs';

interface Containers {
  readonly containerDefinitions: readonly ContainerDefinition[];
}

/** Where the secrets of all containers are read from: ARNs, or names of parameters in the same region. Each once. */
export function secretSources({ containerDefinitions }: Containers): readonly string[] {
  const sources = containerDefinitions.flatMap(({ secrets = [] }) => secrets.map(({ valueFrom }) => String(valueFrom)));
  return [...new Set(sources)];
}

/** `arn:aws:ssm:us-east-1:123456789012:parameter/risk/db` → `/risk/db`; of another store what it was. */
export function parameterName(source: string): string {
  return /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.+)$/.exec(source)?.[1] ?? source;
}
