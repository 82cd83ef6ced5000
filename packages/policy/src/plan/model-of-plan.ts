import type { Environment } from '@nightshift/config';
import { currentType, Model, type Resource } from '../model/model';
import { type Attributes, isAttributes, isUnknown, type Value } from '../model/value';
import { InstanceIndex, type PlannedInstance } from './instance-index';
import { type Expressions, planIn, type PlanJson, type StateModule } from './plan-json';
import { plannedValue } from './planned-value';
import { policyDocumentOf } from './policy-document';
import { configurationOf, type Configured, isLeaf, withoutIndexes } from './resolve-references';
import { fromSource } from './source';
import { type SourceFile, sourcesIn, type SourceTexts } from './source';

export interface PlanInput {
  /** The output of `terraform show -json <plan>`. */
  readonly plan: unknown;
  /** Name of the plan in messages. */
  readonly name: string;
  /** The files of the configuration of the plan, which contain the known parts of texts that are unknown in the plan. @default - none */
  readonly sources?: readonly SourceFile[];
  /** @default - not known */
  readonly environment?: Environment | undefined;
}

/**
 * The model of the infrastructure after a plan is applied, from any configuration. Restores references from the configuration in the plan.
 * A plan does not contain `lifecycle`, local values and texts that are unknown until apply.
 * @throws {UserError} when it is not a plan.
 */
export function modelOfPlan({ plan: value, name, sources = [], environment }: PlanInput): Model {
  const plan = planIn(value, name);
  const configuration = configurationOf(plan);
  const written = sourcesIn(sources);
  const instances = instancesOf(plan).map((instance) => withSource(instance, written, configuration));
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

/** All resources after the apply, and the data sources that the plan has read. */
function instancesOf(plan: PlanJson): PlannedInstance[] {
  const planned = (plan.resource_changes ?? []).flatMap(({ change, ...instance }) =>
    change.after === null ? [] : [{ ...instance, after: change.after, unknown: change.after_unknown }],
  );
  const read = dataIn(plan.prior_state?.values?.root_module ?? {});
  const known = new Set(planned.map(({ address }) => address));
  return [...planned, ...read.filter(({ address }) => !known.has(address))];
}

function withSource(
  instance: PlannedInstance,
  written: ReadonlyMap<string, SourceTexts>,
  configuration: ReadonlyMap<string, Configured>,
): PlannedInstance {
  const address = withoutIndexes(instance.address);
  const [source, configured] = [written.get(address), configuration.get(address)];
  return source && configured ? { ...instance, ...fromSource(instance, source, configured) } : instance;
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
    type: currentType(type),
    address,
    path: address,
    attributes: dependencies.length > 0 ? { ...attributes, depends_on: dependencies } : attributes,
  };
}

/** Replaces references to policy documents by the documents, in blocks too. */
function withDocuments(resources: readonly Resource[]): Resource[] {
  const documents = new Map<string, Attributes>(
    resources
      .filter(({ type }) => type === 'aws_iam_policy_document')
      .map(({ address, attributes }) => [`\${${address}.json}`, attributes] as const),
  );
  const textOf = (value: Value): string | undefined => {
    const attributes = documents.get(String(value));
    return (
      attributes &&
      (typeof attributes['json'] === 'string' && !isUnknown(attributes['json'])
        ? attributes['json']
        : policyDocumentOf(attributes, textOf))
    );
  };
  const replaced = (value: Value): Value => {
    if (typeof value === 'string') return textOf(value) ?? value;
    if (Array.isArray(value)) return value.map(replaced);
    if (!isAttributes(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one as Value)]));
  };
  return resources.map((resource) => ({ ...resource, attributes: replaced(resource.attributes) as Attributes }));
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
