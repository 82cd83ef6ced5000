import taggableTypes from '../aws/taggable-types.json';
import type { Model, Resource } from '../model/model';
import { at, type Attributes, blocks, isAttributes, shown } from '../model/value';
import { rule, unknownUntilApply } from '../rule';

const REQUIRED = ['Environment', 'Project', 'CostCenter'] as const;

const taggable: ReadonlySet<string> = new Set(taggableTypes);

export const tagsRequired = rule({
  id: 'tags-required',
  severity: 'error',
  everyType: true,
  what: `every resource that supports tags has ${REQUIRED.join(', ')}`,
  why: 'Tags show to which project a resource belongs, who pays for it, and whether it can be deleted.',
  sources: ['R0.9', 'https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html'],
  appliesTo: (model) => model.managed.filter(({ type }) => taggable.has(type)),
  check(resource, model) {
    const tags = tagsOf(resource, model);
    if (tags === undefined) return unknownUntilApply('tags');
    const wanted = (name: string) => model.environment?.tags[name];
    const wrong = REQUIRED.filter((name) => (wanted(name) === undefined ? !tags[name] : tags[name] !== wanted(name)));
    if (wrong.length === 0) return [];
    return [
      {
        got: wrong.map((name) => `${name} ${shown(tags[name])}`).join(', '),
        fix: `set ${wrong.map((name) => `${name} to ${wanted(name) ?? 'a value'}`).join(', ')}`,
      },
    ];
  },
});

/** Includes the default_tags of the provider. @returns undefined if they are unknown until apply */
function tagsOf({ attributes, stack }: Resource, { stacks }: Model): Attributes | undefined {
  const own = attributes['tags_all'] ?? attributes['tags'] ?? {};
  if (!isAttributes(own)) return undefined;
  const providers = stacks.find((one) => one.stack === stack)?.providers['aws'];
  const defaults = blocks(providers).flatMap((provider) => blocks(at(provider, 'default_tags.tags')));
  return Object.assign({}, ...defaults, own) as Attributes;
}
