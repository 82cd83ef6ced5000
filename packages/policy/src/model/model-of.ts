import type { Environment } from '@nightshift/config';
import { currentType, Model, type Resource, type Stack } from './model';
import { at, type Attributes, blocks, isAttributes, type Value } from './value';

/** The synthesized stacks of one environment: `cdk.tf.json` by the name of the stack. */
export interface PolicyInput {
  readonly stacks: Readonly<Record<string, Attributes>>;
  /** @default - not known: the infrastructure has no environment file */
  readonly environment?: Environment | undefined;
}

/** The model of synthesized stacks. */
export function modelOf({ stacks, environment }: PolicyInput): Model {
  return new Model({
    source: 'stacks',
    stacks: Object.entries(stacks).map(([name, json]) => stackOf(name, json)),
    environment,
  });
}

function stackOf(name: string, json: Attributes): Stack {
  return {
    stack: name,
    address: name,
    path: name,
    terraform: blocks(json['terraform'])[0] ?? {},
    providers: blocks(json['provider'])[0] ?? {},
    outputs: entries(json['output']).map(([output, attributes]) => ({ name: output, attributes })),
    resources: [
      ...resourcesOf(json['resource'], { stack: name, kind: 'managed' }),
      ...resourcesOf(json['data'], { stack: name, kind: 'data' }),
    ],
  };
}

function resourcesOf(value: Value | undefined, common: Pick<Resource, 'stack' | 'kind'>): Resource[] {
  return entries(value).flatMap(([type, named]) =>
    entries(named).map(([name, attributes]) => {
      const address = `${common.kind === 'data' ? 'data.' : ''}${type}.${name}`;
      const { '//': comment, ...own } = attributes;
      return {
        ...common,
        type: currentType(type),
        address,
        path: String(at(comment, 'metadata.path') ?? address),
        attributes: own,
      };
    }),
  );
}

function entries(value: Value | undefined): [string, Attributes][] {
  if (!isAttributes(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => (isAttributes(one) ? [[name, one]] : []));
}
