import type { Model, Resource, Stack, Subject } from '../model/model';
import { referencesIn } from '../model/references-in';
import { type Finding, rule } from '../rule';

const REMOTE_STATE = 'terraform_remote_state';

export const publishedOnly = rule({
  id: 'published-only',
  severity: 'error',
  what: 'a stack reads only published values of other stacks, and publishes no sensitive values',
  why: 'The plan of a stack fails on a value that is not published. A sensitive value is in plain text in the state of every stack that reads it.',
  sources: [
    'R0.2',
    'docs/decisions/0001-published-values.md',
    'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
  ],
  // A plan holds one stack, and of others what they gave.
  appliesTo: (model) => (model.source === 'stacks' ? model.stacks : []),
  check: (stack, model) => [
    ...sensitive(stack),
    ...stack.resources.flatMap((resource) => reads(resource, stack, model)),
  ],
});

function sensitive({ stack, outputs }: Stack): Finding[] {
  return outputs
    .filter(({ attributes }) => attributes['sensitive'] === true)
    .map(({ name }) => ({
      subject: outputSubject(stack, name),
      got: `output ${name} is sensitive`,
      fix: 'publish() the ARN or name of the secret, not the secret',
    }));
}

/** What a remote state is read for; or, of any other resource, what it reads that is not there. */
function reads(resource: Resource, stack: Stack, model: Model): Finding[] {
  if (resource.type === REMOTE_STATE) return useless(resource, stack, model);
  return referencesIn(resource.attributes).flatMap(({ address, attribute }) => {
    const source = stack.resources.find((one) => one.type === REMOTE_STATE && one.address === address);
    const producer = source && model.producerOf(source);
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

function useless(source: Resource, stack: Stack, model: Model): Finding[] {
  if (!model.producerOf(source)) {
    return [
      {
        subject: source,
        got: 'a state that belongs to no stack of the environment',
        fix: 'use an output of a stack',
      },
    ];
  }
  const blocks = [...stack.resources, ...stack.outputs].map(({ attributes }) => attributes);
  if (referencesIn(blocks).some(({ address }) => address === source.address)) return [];
  return [{ subject: source, got: 'a remote state that is not used', fix: 'remove it' }];
}

function outputSubject(stack: string, name: string): Subject {
  return { stack, address: `output.${name}`, path: `${stack}/${name}` };
}
