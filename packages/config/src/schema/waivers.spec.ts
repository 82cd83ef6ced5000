import { describeProblem } from '@nightshift/errors';
import { parseText } from '../problems-of.fixture';

const tags = 'tags: { Project: p, CostCenter: c }';
const whole = {
  rule: 'tags-required',
  resource: 'network/Vpc/Resource',
  reason: 'r',
  expires: '2026-01-31',
  owner: 'risk',
};
const parse = (...waivers: object[]) => parseText(`${tags}\nwaivers: ${JSON.stringify(waivers)}`, 'dev.yaml');
const problemsOf = (...waivers: object[]) => parse(...waivers).problems?.map(describeProblem) ?? [];

describe('waivers', () => {
  it('have rule, resource, reason, expiry date and owner', () => {
    expect(parse(whole)).toMatchObject({ file: { waivers: [whole] } });
  });

  it('accept a date without quotes', () => {
    const text = `${tags}\nwaivers:\n- { rule: tags-required, resource: a, reason: r, expires: 2026-01-31, owner: o }`;
    expect(parseText(text, 'dev.yaml')).toMatchObject({ file: { waivers: [{ expires: '2026-01-31' }] } });
  });

  it('are empty by default', () => {
    expect(parseText(tags, 'dev.yaml')).toMatchObject({ file: { waivers: [] } });
  });

  it('can be several, for different rules or resources', () => {
    expect(
      problemsOf(whole, { ...whole, rule: 'three-availability-zones' }, { ...whole, resource: 'aws_vpc.Vpc' }),
    ).toEqual([]);
    expect(problemsOf(whole, { ...whole, reason: 'other' })).toEqual([
      'dev.yaml: waivers[1]: is for the same rule and resource as item 1 of the list, got a map - remove one of the two',
    ]);
  });

  it.each(Object.keys(whole))('require %s', (key) => {
    expect(problemsOf({ ...whole, [key]: undefined })).toEqual([`dev.yaml: waivers[0].${key}: is missing - add it`]);
  });

  it.each([
    [
      'rule',
      'Tags required',
      'is not the name of a rule',
      'write it as nightshift policy prints it, such as tags-required',
    ],
    ['resource', ' ', 'is empty', 'write the path of the resource as nightshift policy prints it'],
    ['reason', '', 'is empty', 'add a text'],
    ['owner', '', 'is empty', 'add a text'],
    ['expires', '31.1.2026', 'is not a day', 'write it as year, month and day, such as 2026-01-31'],
    ['expires', '2026-02-30', 'is not a day', 'write it as year, month and day, such as 2026-01-31'],
  ])('refuse for %s the text "%s"', (key, value, what, todo) => {
    expect(problemsOf({ ...whole, [key]: value })).toEqual([
      `dev.yaml: waivers[0].${key}: ${what}, got ${JSON.stringify(value)} - ${todo}`,
    ]);
  });

  it('require a reason on one line', () => {
    const [problem] = problemsOf({ ...whole, reason: 'x'.repeat(501) });
    expect(problem).toMatch(
      /^dev\.yaml: waivers\[0\]\.reason: is too long, got "x+\.\.\." - use up to 500 characters$/,
    );
  });
});
