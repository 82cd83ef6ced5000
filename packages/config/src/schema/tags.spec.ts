import { describeProblem } from '@nightshift/errors';
import { parseText } from '../problems-of.fixture';

const problemsOf = (tags: string) => parseText(`cloud: aws\n${tags}`, 'dev.yaml').problems?.map(describeProblem) ?? [];
const many = Array.from({ length: 44 }, (_, index) => `T${index}: x`).join(', ');

describe('tags (R0.9)', () => {
  it('can be more than the two required ones', () => {
    expect(problemsOf('tags: { Project: Risk engine, CostCenter: cc-1 / x@y, Data Owner: a.b:c+d=e_f }')).toEqual([]);
  });

  it.each([
    ['no tags', '', 'dev.yaml: tags: is missing - add a map with Project and CostCenter'],
    ['tags without content', 'tags:', 'dev.yaml: tags: has no value - add a value, or remove the key'],
    [
      'a list of tags',
      'tags: [Project]',
      'dev.yaml: tags: is not a map, got a list - write each key on its own line, as "key: value"; required: Project and CostCenter',
    ],
    ['no Project', 'tags: { CostCenter: c }', 'dev.yaml: tags.Project: is missing - add it'],
    ['no CostCenter', 'tags: { Project: p }', 'dev.yaml: tags.CostCenter: is missing - add it'],
    [
      'an empty value',
      'tags: { Project: "", CostCenter: c }',
      'dev.yaml: tags.Project: is not a tag value that AWS accepts, got "" - use up to 256 letters, digits, spaces and _ . : / = + - @',
    ],
    [
      'a value that Terraform would evaluate',
      'tags: { Project: p, CostCenter: "${c}" }',
      'dev.yaml: tags.CostCenter: is not a tag value that AWS accepts, got "${c}" - use up to 256 letters, digits, spaces and _ . : / = + - @',
    ],
    [
      'a number',
      'tags: { Project: p, CostCenter: 42 }',
      'dev.yaml: tags.CostCenter: is not text, got 42 - put it in quotes',
    ],
    [
      'a key of AWS',
      'tags: { Project: p, CostCenter: c, AWS:x: y }',
      'dev.yaml: tags.AWS:x: is not a tag key that AWS accepts, got "y" - use up to 128 letters, digits, spaces and _ . : / = + - @, not beginning with aws:',
    ],
    [
      'the tag that is the suffix',
      'tags: { Project: p, CostCenter: c, Environment: dev }',
      'dev.yaml: tags.Environment: is set to the suffix of the environment, got "dev" - remove it',
    ],
    [
      'the tag that is the name',
      'tags: { Project: p, CostCenter: c, name: x }',
      'dev.yaml: tags.name: is set to the name of each resource, got "x" - remove it',
    ],
    [
      'keys that IAM takes for one',
      'tags: { Project: p, CostCenter: c, costCenter: d }',
      'dev.yaml: tags.costCenter: differs from CostCenter only in case, which IAM does not accept, got "d" - remove one of the two',
    ],
    [
      'too many',
      `tags: { Project: p, CostCenter: c, ${many} }`,
      'dev.yaml: tags: has more tags than AWS accepts besides those of the platform, got a map - use at most 45',
    ],
  ])('are refused with %s', (_, tags, problem) => expect(problemsOf(tags)).toEqual([problem]));

  it('have all their problems reported, even if one is missing', () => {
    expect(problemsOf('tags: { Environment: x }')).toEqual([
      'dev.yaml: tags.Project: is missing - add it',
      'dev.yaml: tags.CostCenter: is missing - add it',
      'dev.yaml: tags.Environment: is set to the suffix of the environment, got "x" - remove it',
    ]);
  });
});
