import type { Colours } from '../effects';
import { actionWords } from '../progress/action-words';
import type { PlanChanges } from './plan-changes';
import type { AttributeChange, PlannedAction, PlannedChange } from './planned-change';

const planned: Readonly<Record<PlannedAction, string>> = {
  create: 'is created',
  update: 'is updated',
  replace: 'is replaced',
  delete: 'is destroyed',
  remove: 'is forgotten, and stays in AWS',
  import: 'is imported',
  move: 'is moved',
};

/** What the world has done to a resource since it was deployed. */
const drifted: typeof planned = { ...planned, create: 'has appeared', update: 'was changed', delete: 'was removed' };

/** What a plan would do, a line a resource and below it a line a value. */
export function planText({ kind, resources, outputs }: PlanChanges, colours: Colours): readonly string[] {
  return [
    ...resources.flatMap((change) => [
      resourceLine(change, kind, colours),
      ...attributeLines(change.attributes, colours),
    ]),
    ...(outputs.length === 0 ? [] : ['  outputs', ...attributeLines(outputs, colours)]),
  ];
}

function resourceLine(change: PlannedChange, kind: PlanChanges['kind'], colours: Colours): string {
  const { address, constructPath, action, reason } = change;
  const { mark, colour } = actionWords[action];
  const words = (kind === 'plan' ? planned : drifted)[action];
  const path = constructPath === undefined ? '' : ` ${colours.dim(`(${constructPath})`)}`;
  return `  ${colours[colour](mark)} ${address}${path} ${words}${reason === undefined ? '' : `, ${reason}`}`;
}

function attributeLines(attributes: readonly AttributeChange[], { dim, magenta }: Colours): readonly string[] {
  return attributes.map(({ path, before, after, forcesReplacement }) => {
    const forces = forcesReplacement ? ` ${magenta('(forces replacement)')}` : '';
    return `      ${path}: ${before} ${dim('→')} ${after}${forces}`;
  });
}
