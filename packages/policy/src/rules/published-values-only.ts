import type { Model, Resource, Stack, Subject } from '../model/model';
import { type Reference, referencesIn } from '../model/references-in';
import { type Finding, rule } from '../rule';

const REMOTE_STATE = 'terraform_remote_state';

export const publishedValuesOnly = rule({
  id: 'published-values-only',
  severity: 'error',
  what: 'a stack reads only published values of other stacks, and publishes no sensitive values',
  why: 'The plan of a stack fails on a value that is not published. A sensitive value is in plain text in the state of every stack that reads it.',
  sources: [
    'R0.2',
    'docs/decisions/0001-published-values.md',
    'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
  ],
  // A plan contains one stack, and values of other stacks without their origin.
  appliesTo: (model) => (model.source === 'stacks' ? model.stacks : []),
  check: (stack, model) => [...sensitive(stack), ...readsOf(stack, model)],
});

/** The stack of the environment by the address of the data source that reads its state. */
type Producers = ReadonlyMap<string, Stack | undefined>;

function sensitive({ stack, outputs }: Stack): Finding[] {
  return outputs
    .filter(({ attributes }) => attributes['sensitive'] === true)
    .map(({ name }) => ({
      subject: outputSubject(stack, name),
      got: `output ${name} is sensitive`,
      fix: 'publish() the ARN or name of the secret, not the secret',
    }));
}

function readsOf({ resources, outputs }: Stack, model: Model): Finding[] {
  const all = resources.map((resource) => ({ resource, references: referencesIn(resource.attributes) }));
  const read = new Set(
    [...all.map(({ references }) => references), ...outputs.map(({ attributes }) => referencesIn(attributes))]
      .flat()
      .map(({ address }) => address),
  );
  const sources = resources.filter(({ type }) => type === REMOTE_STATE);
  const producers = new Map(sources.map((source) => [source.address, model.producerOf(source)]));
  return all.flatMap(({ resource, references }) =>
    resource.type === REMOTE_STATE ? useless(resource, producers, read) : unpublished(resource, references, producers),
  );
}

/** The unpublished values that a resource reads. */
function unpublished(resource: Resource, references: readonly Reference[], producers: Producers): Finding[] {
  return references.flatMap(({ address, attribute }) => {
    const producer = producers.get(address);
    if (!producer) return [];
    const name = String(attribute).replace(/^outputs\./, '');
    if (producer.outputs.some((output) => output.name === name)) return [];
    return [
      {
        subject: resource,
        got: `${name} of stack ${producer.stack}, which is not published`,
        fix: 'publish() it in that stack',
      },
    ];
  });
}

function useless(source: Resource, producers: Producers, read: ReadonlySet<string>): Finding[] {
  if (!producers.get(source.address)) {
    return [
      {
        subject: source,
        got: 'a state that belongs to no stack of the environment',
        fix: 'use an output of a stack',
      },
    ];
  }
  if (read.has(source.address)) return [];
  return [{ subject: source, got: 'a remote state that is not used', fix: 'remove it' }];
}

function outputSubject(stack: string, name: string): Subject {
  return { stack, address: `output.${name}`, path: `${stack}/${name}` };
}
