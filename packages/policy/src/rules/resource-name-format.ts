import { limits, type NameLimit } from '@nightshift/naming';
import { type NamedType, namedTypes } from '../aws/named-types';
import type { Model, Resource } from '../model/model';
import { at, isUnknown, shown } from '../model/value';
import { type Finding, rule, unknownUntilApply } from '../rule';

export const resourceNameFormat = rule({
  id: 'resource-name-format',
  severity: 'error',
  what: 'a name has the form {type}-{qualifier}-{suffix}, is unique, and is valid on AWS',
  why: 'Otherwise two environments of an account collide, or AWS rejects the name during the apply.',
  sources: ['R0.8', 'packages/naming/src/limits.ts, where each limit has its AWS page'],
  appliesTo: (model) => model.all(...Object.keys(namedTypes)),
  check(resource, model) {
    const name = nameOf(resource, model);
    if (isUnknown(name)) return unknownUntilApply(typeOf(resource.type).attribute);
    if (name === undefined) return missing(resource, model);
    return [...illegal(name, resource), ...unlikeOurs(name, resource, model), ...taken(name, resource, model)];
  },
});

/** Without a name, AWS or the provider generates one. If the name is only a tag, other platforms may omit it. */
function missing({ type }: Resource, { environment }: Model): Finding[] {
  const { attribute } = typeOf(type);
  if (attribute === 'tags.Name' && !environment) return [];
  return [{ got: 'no name', fix: `set ${attribute}` }];
}

function illegal(name: string, { type }: Resource): Finding[] {
  const { limit, legal = limit } = typeOf(type);
  const { maxLength, pattern }: NameLimit = limits[legal];
  const tooLong =
    name.length > maxLength ? [{ got: `${name.length} characters in ${name}`, fix: `use at most ${maxLength}` }] : [];
  const wrong = pattern.test(name) ? [] : [{ got: name, fix: `use a name that matches ${pattern.source}` }];
  return [...tooLong, ...wrong];
}

/** Names that AWS dictates, below `/aws/`, contain the suffix as a part. */
function unlikeOurs(name: string, { type }: Resource, { environment }: Model): Finding[] {
  if (!environment) return [];
  const { limit } = typeOf(type);
  const { prefix = '' }: NameLimit = limits[limit];
  const tail = `-${environment.suffix}`;
  const ofAws = name.startsWith('/aws/') && name.split('/').some((part) => part.endsWith(tail));
  if (ofAws || (name.startsWith(`${prefix}${limit}-`) && name.endsWith(tail))) return [];
  return [
    {
      got: name,
      fix: `use a name that starts with ${prefix}${limit}- and ends with ${tail}, as namesFor('${environment.suffix}').of('${limit}') does`,
    },
  ];
}

function taken(name: string, resource: Resource, model: Model): Finding[] {
  const first = model.all(resource.type).find((other) => nameOf(other, model) === name);
  if (first === undefined || first === resource) return [];
  return [{ got: `${name}, which is also the name of ${first.path}`, fix: 'use another qualifier' }];
}

function nameOf({ type, attributes, stack }: Resource, model: Model): string | undefined {
  const { attribute } = typeOf(type);
  const own = at(attributes, attribute) ?? (attribute === 'tags.Name' ? at(attributes, 'tags_all.Name') : undefined);
  const name = model.literal(own, stack);
  return name === undefined ? undefined : shown(name);
}

function typeOf(type: string): NamedType {
  return namedTypes[type] as NamedType;
}
