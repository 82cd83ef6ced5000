import type { ChangeKind } from './definition-change';

/** How a field of a task or container is called: AWS's names are for machines. Others keep theirs, in words. */
const FIELDS: Readonly<Record<string, { readonly kind: ChangeKind; readonly words: string }>> = {
  image: { kind: 'image', words: 'image' },
  cpu: { kind: 'size', words: 'cpu' },
  memory: { kind: 'size', words: 'memory' },
  memoryReservation: { kind: 'size', words: 'memory reservation' },
  ephemeralStorage: { kind: 'size', words: 'ephemeral storage' },
  executionRoleArn: { kind: 'role', words: 'execution role' },
  taskRoleArn: { kind: 'role', words: 'task role' },
  command: { kind: 'command', words: 'command' },
  entryPoint: { kind: 'command', words: 'entry point' },
  environment: { kind: 'environment', words: 'environment' },
  secrets: { kind: 'secret', words: 'secret' },
  healthCheck: { kind: 'health-check', words: 'health check' },
  ulimits: { kind: 'limit', words: 'limit' },
  portMappings: { kind: 'port', words: 'port' },
  volumes: { kind: 'storage', words: 'volume' },
  mountPoints: { kind: 'storage', words: 'mount' },
  logConfiguration: { kind: 'logging', words: 'logging' },
};

interface NamedLeaf {
  readonly kind: ChangeKind;
  readonly field: string;
  readonly what: string;
}

/** @param mainContainer the one that needs no name, as nearly all is about it. */
export function namingOfLeaf(path: readonly string[], mainContainer: string): NamedLeaf {
  const [first, ...inTask] = path as [string, ...string[]];
  if (first !== 'containerDefinitions') return named(first, inTask, '');
  // No container is without an image.
  const [container, field, ...rest] = inTask as [string, string, ...string[]];
  // Task and container have a cpu and a memory each.
  const of = container === mainContainer ? (field in sizes ? 'container ' : '') : `${container}: `;
  return named(field, rest, of);
}

const sizes = { cpu: true, memory: true };

function named(field: string, rest: readonly string[], before: string): NamedLeaf {
  const { kind, words } = FIELDS[field] ?? { kind: 'other', words: inWords(field) };
  // The names of variables, volumes and options are the user's.
  const tail = kind === 'environment' || kind === 'secret' || kind === 'logging' ? rest : rest.map(inWords);
  return { kind, field, what: `${before}${[words, ...tail].join(' ')}` };
}

/** `readonlyRootFilesystem` → `readonly root filesystem` */
function inWords(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
