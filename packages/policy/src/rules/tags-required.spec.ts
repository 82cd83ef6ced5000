import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { tagsRequired } from './tags-required';

const tags = { Environment: 'test', Project: 'nightshift', CostCenter: 'cc-1' };
const vpc = (attributes: Attributes, rest: Attributes = {}, environment = environmentWith()) =>
  findingsIn(tagsRequired, modelWith({ aws_vpc: { V: attributes } }, rest, environment));

describe('tags-required (R0.9)', () => {
  it('refuses a resource without the tags', () => {
    expect(vpc({})).toEqual([
      'aws_vpc.V: Environment none, Project none, CostCenter none - set Environment to test, Project to nightshift, CostCenter to cc-1',
    ]);
  });

  it('refuses a value that differs from the environment file', () => {
    expect(vpc({ tags: { ...tags, CostCenter: 'cc-2' } })).toEqual([
      'aws_vpc.V: CostCenter cc-2 - set CostCenter to cc-1',
    ]);
  });

  it('requires any value without an environment file', () => {
    const foreign = (own: Attributes) => findingsIn(tagsRequired, modelWith({ aws_vpc: { V: { tags: own } } }));
    expect(foreign({ ...tags, Project: '' })).toEqual(['aws_vpc.V: Project  - set Project to a value']);
    expect(foreign({ ...tags, Project: 'other' })).toEqual([]);
  });

  it('accepts tags of the resource, of default_tags and of a plan', () => {
    expect(vpc({ tags })).toEqual([]);
    expect(vpc({ tags_all: tags, tags: {} })).toEqual([]);
    expect(vpc({ tags: { Project: 'nightshift' } }, { provider: { aws: [{ default_tags: [{ tags }] }] } })).toEqual([]);
  });

  it('does not check tags that are unknown until apply', () => {
    expect(vpc({ tags: '${local.tags}' })).toEqual(['aws_vpc.V: not checked: tags is unknown until apply']);
  });

  it('does not apply to resources without tags', () => {
    expect(findingsIn(tagsRequired, modelWith({ aws_route: { R: {} } }))).toBe('not applicable');
  });
});
