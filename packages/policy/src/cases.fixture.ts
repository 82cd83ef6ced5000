import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EnvironmentText, environmentWith } from './environment.fixture';
import { modelWith, type Resources } from './model.fixture';
import { Model } from './model/model';
import type { Attributes } from './model/value';
import { modelOfPlan } from './plan/model-of-plan';

/** Infrastructure as data: a plan in fixtures/ with a few changes, or resources. */
export interface Case {
  readonly fixture?: string;
  /** Attributes to change in the fixture, by address; null removes one. */
  readonly set?: Readonly<Record<string, Attributes>>;
  readonly resources?: Resources;
  /** The other parts of a stack, such as `terraform` and `output`. */
  readonly rest?: Attributes;
  /** The environment file of resources. @default - none: a foreign configuration */
  readonly environment?: EnvironmentText;
  /** @default - `stacks` for resources */
  readonly source?: 'plan';
  /** The findings of the rule, one line each. @default - none */
  readonly finds?: readonly string[];
}

/** The cases of one rule, in `cases/<rule>.json`. */
export interface RuleCases {
  readonly violates: Case;
  readonly complies: Case;
  /** Infrastructure to which the rule does not apply, or the reason why there is none. */
  readonly notApplicable: Case | string;
  /** Infrastructure that the rule cannot check completely, or the reason why there is none. */
  readonly unknown: Case | string;
}

const directory = join(__dirname, '..');

/** The cases of all rules, by the id of the rule. */
export function allCases(): Readonly<Record<string, RuleCases>> {
  const files = readdirSync(join(directory, 'cases')).map((name) => name.replace(/\.json$/, ''));
  return Object.fromEntries(files.map((id) => [id, readJson(join('cases', id)) as RuleCases]));
}

export function caseModel({ fixture, set = {}, resources = {}, rest, environment, source }: Case): Model {
  if (fixture === undefined) {
    const model = modelWith(resources, rest, environment && environmentWith(environment));
    return source ? new Model({ source, stacks: model.stacks }) : model;
  }
  const { stacks } = planModel(fixture);
  return new Model({
    source: 'plan',
    stacks: stacks.map((stack) => ({
      ...stack,
      resources: stack.resources.map((resource) => ({
        ...resource,
        attributes: { ...resource.attributes, ...set[resource.address] },
      })),
    })),
  });
}

/** The model of a plan in fixtures/. */
export function planModel(name: string): Model {
  return modelOfPlan({ plan: readJson(join('fixtures', name)), name: `${name}.json` });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(directory, `${path}.json`), 'utf8'));
}
