import { imageReference } from '../planning/image-reference';
import type { ReleasePlan } from '../planning/plan-release';
import type { DefinitionChange } from './definition-change';
import { leavesOf } from './leaves';
import { namingOfLeaf } from './naming-of-leaf';
import { shownImage, shownValue } from './shown-value';

type Definitions = Pick<ReleasePlan, 'runs' | 'wanted' | 'from' | 'to'> & {
  readonly target: Pick<ReleasePlan['target'], 'containerName'>;
};

/** What differs between the tasks that run and those that will, the image first. Empty: the release starts the same tasks anew. */
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

/** By path; a name in it may hold any character but this one. */
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
  // The same image, once by its tag and once by its digest.
  if (isOurImage && from.digest !== undefined && from.digest === to.digest && sameRepository(before, after)) {
    return undefined;
  }
  const show = (value: string, version: typeof from) =>
    isOurImage && sameRepository(before, after) ? shownImage(value, version) : shownValue(kind, what, value);
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
