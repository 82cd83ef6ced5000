import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import { Model, type Resource } from '../model/model';
import type { Attributes, Value } from '../model/value';
import { InstanceIndex } from './instance-index';
import type { Expressions, Instance, PlanJson, StateModule } from './plan-json';
import { plannedValue } from './planned-value';
import { policyDocumentOf } from './policy-document';
import { configurationOf, type Configured, isLeaf, withoutIndexes } from './resolve-references';

export interface PlanInput {
  /** What `terraform show -json <plan>` has written. */
  readonly plan: unknown;
  /** What messages call it. */
  readonly name: string;
  /** @default - not known */
  readonly environment?: Environment | undefined;
}

/** An instance with what the plan knows of it. */
export interface PlannedInstance extends Instance {
  readonly after: Attributes;
  readonly unknown: Value;
}

/**
 * The model of what a plan leads to, whoever has written the configuration. A plan knows names that are references in the
 * configuration, so these are put back; of `lifecycle`, local values and texts that are not known yet it says nothing.
 * @throws {UserError} when it is no plan.
 */
export function modelOfPlan({ plan, name, environment }: PlanInput): Model {
  if (!isPlan(plan)) {
    throw new UserError({
      where: name,
      what: 'is not the JSON of a Terraform plan',
      todo: 'write it with: terraform show -json <plan file> > plan.json',
    });
  }
  const configuration = configurationOf(plan);
  const instances = instancesOf(plan);
  const index = new InstanceIndex(instances, configuration);
  const resources = instances.map((instance) => resourceOf(instance, configuration, index));
  return new Model({
    source: 'plan',
    stacks: [
      {
        stack: name,
        address: name,
        path: name,
        terraform: {},
        providers: providersOf(plan),
        outputs: [],
        resources: withDocuments(resources).map((resource) => ({ ...resource, stack: name })),
      },
    ],
    environment,
  });
}

function isPlan(plan: unknown): plan is PlanJson {
  return (
    isObject(plan) &&
    'planned_values' in plan &&
    isObject(plan['configuration']) &&
    'root_module' in plan['configuration']
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** All that there will be, and the data sources that were read to plan it. */
function instancesOf(plan: PlanJson): PlannedInstance[] {
  const planned = (plan.resource_changes ?? []).flatMap(({ change, ...instance }) =>
    change.after === null ? [] : [{ ...instance, after: change.after, unknown: change.after_unknown }],
  );
  const read = dataIn(plan.prior_state?.values?.root_module ?? {});
  const known = new Set(planned.map(({ address }) => address));
  return [...planned, ...read.filter(({ address }) => !known.has(address))];
}

function dataIn({ resources = [], child_modules: children = [] }: StateModule): PlannedInstance[] {
  const own = resources.filter(({ mode }) => mode === 'data');
  return [...own.map(({ values, ...rest }) => ({ ...rest, after: values, unknown: {} })), ...children.flatMap(dataIn)];
}

function resourceOf(
  instance: PlannedInstance,
  configuration: ReadonlyMap<string, Configured>,
  index: InstanceIndex,
): Resource {
  const { address, mode, type, after, unknown } = instance;
  const configured = configuration.get(withoutIndexes(address));
  const given = configured?.resource.expressions ?? {};
  const attributes = plannedValue(after, unknown, given, index.tokensFor(instance)) as Attributes;
  const dependencies = index.dependenciesOf(instance);
  return {
    stack: '',
    kind: mode,
    type,
    address,
    path: address,
    attributes: dependencies.length > 0 ? { ...attributes, depends_on: dependencies } : attributes,
  };
}

/** Puts policy documents in place of the references to them. */
function withDocuments(resources: readonly Resource[]): Resource[] {
  const documents = resources.filter(({ type }) => type === 'aws_iam_policy_document');
  const textOf = new Map(
    documents.map(({ address, attributes }) => [
      `\${${address}.json}`,
      attributes['json'] ?? policyDocumentOf(attributes),
    ]),
  );
  return resources.map((resource) => ({
    ...resource,
    attributes: Object.fromEntries(
      Object.entries(resource.attributes).map(([name, value]) => [name, textOf.get(String(value)) ?? value]),
    ),
  }));
}

function providersOf({ configuration }: PlanJson): Attributes {
  return Object.fromEntries(
    Object.values(configuration.provider_config ?? {}).map(({ name, expressions = {} }) => [
      name,
      [constantsIn(expressions)],
    ]),
  );
}

function constantsIn(expressions: Expressions): Attributes {
  return Object.fromEntries(
    Object.entries(expressions).flatMap(([name, value]) =>
      isLeaf(value) && value.constant_value !== undefined ? [[name, value.constant_value]] : [],
    ),
  );
}
