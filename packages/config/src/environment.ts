import { namesFor } from '@nightshift/naming';
import type { EnvironmentFile } from './schema/environment';

/** What an environment file means for one suffix: deeply frozen, complete, checked. Everything that is synthesized comes from it. */
export interface Environment extends Omit<
  EnvironmentFile,
  'state' | 'tags' | 'profile' | 'bucketQualifier' | 'container'
> {
  /** The name of its file without `.yaml`, and of its Nx configuration. */
  readonly name: string;
  /** What all names of the environment end in. */
  readonly suffix: string;
  readonly tags: Readonly<Record<string, string>> & {
    readonly Environment: string;
    readonly Project: string;
    readonly CostCenter: string;
  };
  /** What makes bucket names unique in all of AWS. */
  readonly bucketQualifier: string;
  readonly state: { readonly bucket: string };
  readonly container: Container;
}

type ContainerFile = EnvironmentFile['container'];

interface Container extends Omit<ContainerFile, 'healthCheck'> {
  readonly healthCheck: ContainerFile['healthCheck'] & { readonly command: readonly string[] };
}

/** Completes a checked file for a suffix. */
export function environmentOf(file: EnvironmentFile, name: string, suffix: string): Environment {
  const { healthCheck } = file.container;
  const rest = without(file, 'profile');
  const tags = without(file.tags, 'Environment');
  const bucketQualifier = file.bucketQualifier ?? slug(file.tags.Project);
  return deepFreeze({
    ...rest,
    name,
    suffix,
    tags: { ...tags, Project: file.tags.Project, CostCenter: file.tags.CostCenter, Environment: suffix },
    bucketQualifier,
    container: {
      ...file.container,
      healthCheck: { ...healthCheck, command: healthCheck.command ?? askHealth(file.container.port) },
    },
    state: { bucket: file.state.bucket ?? namesFor(suffix).of('s3', `tfstate-${bucketQualifier}`) },
  });
}

/** Works in images with a shell and BusyBox or GNU wget. */
function askHealth(port: number): string[] {
  return ['CMD-SHELL', `wget -q -O /dev/null http://127.0.0.1:${port}/health || exit 1`];
}

/** A tag's value in the characters of a bucket name, at most 24. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
    .replace(/^-+|-+$/g, '');
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const copy = { ...value };
  Reflect.deleteProperty(copy, key);
  return copy;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
