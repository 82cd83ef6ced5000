import { namesFor } from '@nightshift/naming';
import { bucketQualifier } from './bucket-qualifier';
import type { EnvironmentFile } from './schema/sections';

/** A complete, validated and deeply frozen environment, the input of all stacks. */
export interface Environment extends Omit<
  EnvironmentFile,
  'extends' | 'state' | 'tags' | 'bucketQualifier' | 'container'
> {
  /** The name of its file without `.yaml`, and of its Nx configuration. */
  readonly name: string;
  /** The suffix of all names of the environment. */
  readonly suffix: string;
  readonly tags: Readonly<Record<string, string>> & {
    readonly Environment: string;
    readonly Project: string;
    readonly CostCenter: string;
  };
  /** Makes bucket names globally unique. */
  readonly bucketQualifier: string;
  readonly state: { readonly bucket: string };
  readonly container: Container;
}

const DEFAULT_LOG_LEVEL = 'info';

type ContainerFile = EnvironmentFile['container'];

interface Container extends Omit<ContainerFile, 'healthCheck'> {
  readonly healthCheck: ContainerFile['healthCheck'] & { readonly command: readonly string[] };
}

/** Completes a checked file for a suffix. */
export function environmentOf(file: EnvironmentFile, name: string, suffix: string): Environment {
  const checked = structuredClone(file);
  // The file already contains the keys of its base.
  delete checked.extends;
  const qualifier = bucketQualifier(checked);
  return deepFreeze({
    ...checked,
    name,
    suffix,
    tags: { ...checked.tags, Environment: suffix },
    bucketQualifier: qualifier,
    container: withDefaults(checked.container),
    // Uses the name, not the suffix: ephemeral environments share the bucket of their profile.
    state: { bucket: checked.state.bucket ?? namesFor(name).of('s3', `tfstate-${qualifier}`) },
  });
}

/** The command works in images with a shell and BusyBox or GNU wget. */
function withDefaults(container: ContainerFile): Container {
  const { healthCheck, port, environment, secrets } = container;
  const url = `http://127.0.0.1:${port}${healthCheck.path}`;
  const command = healthCheck.command ?? ['CMD-SHELL', `wget -q -O /dev/null ${url} || exit 1`];
  const level = Object.hasOwn(secrets, 'LOG_LEVEL') ? {} : { LOG_LEVEL: DEFAULT_LOG_LEVEL };
  return { ...container, environment: { ...level, ...environment }, healthCheck: { ...healthCheck, command } };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
