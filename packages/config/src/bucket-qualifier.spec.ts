import fc from 'fast-check';
import { bucketQualifier } from './bucket-qualifier';

const qualifier = (Project: string) => bucketQualifier({ tags: { Project, CostCenter: 'c' } });

describe('bucketQualifier', () => {
  it('is the value in the file', () => {
    expect(bucketQualifier({ bucketQualifier: 'acme', tags: { Project: 'P', CostCenter: 'c' } })).toBe('acme');
  });

  it.each([
    ['Nightshift', 'nightshift'],
    ['Risk & Return: EU', 'risk-return-eu'],
    ['  x ', 'x'],
    ['a-very-long-project-name-of-many-words', 'a-very-long-project-name'],
    ['___', ''],
  ])('is derived from the Project tag "%s"', (project, expected) => expect(qualifier(project)).toBe(expected));

  it('fits into a bucket name for any tag', () => {
    fc.assert(
      fc.property(fc.string(), (project) =>
        expect(qualifier(project)).toMatch(/^(?:[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?)?$/),
      ),
    );
  });
});
