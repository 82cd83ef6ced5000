import type { Immutable } from '@nightshift/console/json';
import { z } from 'zod';
import { imageReference } from '../image/image-name';
import { changeKind, shownImage, valueToShow, type ChangeKind } from './value-to-show';
import type { ReleasePlan } from './plan-release';

type Definitions = Pick<ReleasePlan, 'runs' | 'wanted' | 'from' | 'to'> & {
  readonly target: Pick<ReleasePlan['target'], 'containerName'>;
};

/** The differences between the running and the new tasks, the image first. Empty if the release replaces the tasks with equal ones. */
export function diffDefinitions(plan: Definitions): readonly DefinitionChange[] {
  const before = valuesOf(plan.runs);
  const after = valuesOf(plan.wanted);
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const changes = paths.flatMap((path) => {
    const change = changeOf(path, before.get(path), after.get(path), plan);
    return change ? [change] : [];
  });
  const images = changes.filter(({ kind }) => kind === 'image');
  return [...images, ...changes.filter(({ kind }) => kind !== 'image')];
}

/** Separates the parts of a path; no name contains it. */
const SEPARATOR = '\0';

function valuesOf(content: Definitions['runs']): ReadonlyMap<string, string> {
  return new Map(leavesOf(content).map(({ path, value }) => [path.join(SEPARATOR), value]));
}

function changeOf(
  path: string,
  before: string | undefined,
  after: string | undefined,
  { from, to, target }: Definitions,
): DefinitionChange | undefined {
  if (before === after) return undefined;
  const { kind, what } = namingOfLeaf(path.split(SEPARATOR), target.containerName);
  const isOurImage = kind === 'image' && what === 'image';
  // The same image, by tag and by digest.
  if (isOurImage && from.digest !== undefined && from.digest === to.digest && sameRepository(before, after)) {
    return undefined;
  }
  const show = (value: string, version: typeof from) =>
    isOurImage && sameRepository(before, after) ? shownImage(value, version) : valueToShow(kind, what, value);
  return {
    kind,
    what,
    ...(before !== undefined && { before: show(before, from) }),
    ...(after !== undefined && { after: show(after, to) }),
  };
}

function sameRepository(before: string | undefined, after: string | undefined): boolean {
  return imageReference(before ?? '').repository === imageReference(after ?? '').repository;
}

export const definitionChange = z
  .object({
    kind: changeKind,
    what: z.string().describe('Such as `environment LOG_LEVEL`; of a second container with its name before.'),
    before: z.string().optional().describe('Text for people, without secrets. Absent if it is added.'),
    after: z.string().optional().describe('Text for people, without secrets. Absent if it is removed.'),
  })
  .describe('One difference between the tasks that run and those of the release.');

export type DefinitionChange = Immutable<z.output<typeof definitionChange>>;

/** One value in a task definition and its path, such as `['containerDefinitions', 'risk', 'environment', 'LOG_LEVEL']`. */
interface Leaf {
  readonly path: readonly string[];
  readonly value: string;
}

/** The field that identifies a list entry. The order of the list is not a difference. */
const KEYS = ['name', 'containerPort', 'containerPath', 'containerName', 'key'] as const;

/** An entry with only this field and its key is shown as this value. */
const ONLY_VALUE = /^(?:value|valueFrom)$/;

/** All values in a task definition. Omits empty values: ECS returns an empty list for a field that was never set. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (value === undefined || value === '') return [];
  if (Array.isArray(value)) return ofList(value, path);
  if (typeof value === 'object')
    return Object.entries(value as object).flatMap(([name, one]) => leavesOf(one, [...path, name]));
  return [{ path, value: String(value as string | number | boolean) }];
}

function ofList(list: readonly unknown[], path: readonly string[]): readonly Leaf[] {
  if (list.length === 0) return [];
  // Such as the arguments of a command.
  if (list.every((one) => typeof one !== 'object')) return [{ path, value: JSON.stringify(list) }];
  return (list as Record<string, unknown>[]).flatMap((entry, index) => {
    const key = KEYS.find((name) => entry[name] !== undefined);
    if (key === undefined) return leavesOf(entry, [...path, String(index)]);
    const { [key]: name, ...rest } = entry;
    const here = [...path, String(name as string | number)];
    const leaves = leavesOf(rest, here);
    if (leaves.length === 0) return [{ path: here, value: 'present' }];
    const [only, ...others] = leaves as [Leaf, ...Leaf[]];
    const isValue = others.length === 0 && ONLY_VALUE.test(String(only.path.at(-1)));
    return isValue ? [{ path: here, value: only.value }] : leaves;
  });
}

/** Display names of fields of tasks and containers. The name of any other field is split into words. */
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

/** @param mainContainer the container whose name is omitted. */
function namingOfLeaf(path: readonly string[], mainContainer: string): NamedLeaf {
  const [first, ...inTask] = path as [string, ...string[]];
  if (first !== 'containerDefinitions') return named(first, inTask, '');
  // Every container has an image.
  const [container, field, ...rest] = inTask as [string, string, ...string[]];
  // Both task and container have cpu and memory.
  const of = container === mainContainer ? (field in sizes ? 'container ' : '') : `${container}: `;
  return named(field, rest, of);
}

const sizes = { cpu: true, memory: true };

function named(field: string, rest: readonly string[], before: string): NamedLeaf {
  const { kind, words } = FIELDS[field] ?? { kind: 'other', words: inWords(field) };
  // Names of variables, volumes and options are shown unchanged.
  const tail = kind === 'environment' || kind === 'secret' || kind === 'logging' ? rest : rest.map(inWords);
  return { kind, field, what: `${before}${[words, ...tail].join(' ')}` };
}

/** `readonlyRootFilesystem` → `readonly root filesystem` */
function inWords(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
