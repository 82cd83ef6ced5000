import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { allCases, type Case, caseModel, planModel } from './cases.fixture';
import { checkPolicies } from './check-policies';
import { findingsIn } from './model.fixture';
import { rules } from './rules';
import { waiverRules } from './waivers';

describe('the registry of rules', () => {
  it('contains every file of rules/, one rule per file, with the same name', () => {
    const files = readdirSync(join(__dirname, 'rules')).filter(
      (file) => file.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(file),
    );
    expect(rules.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  it.each([...rules, ...waiverRules])('$id has requirement, reason and source', ({ what, why, sources }) => {
    expect(what).toMatch(/^(?!.*\.$).{10,}$/);
    expect(why).toMatch(/^[A-Z].{10,}\.$/);
    expect(sources.length).toBeGreaterThan(0);
  });
});

describe('every rule', () => {
  const cases = allCases();
  const expectCase = (id: string, one: Case) => {
    const rule = rules.filter((other) => other.id === id)[0]!;
    const found = findingsIn(rule, caseModel(one));
    expect(found).toEqual(one.finds ?? []);
    return found as readonly string[];
  };

  it('has its cases', () => {
    expect(Object.keys(cases).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it.each(Object.entries(cases))('%s finds a violation', (id, { violates }) => {
    expect(expectCase(id, violates).filter((line) => !line.includes(': not checked: '))).not.toEqual([]);
  });

  it.each(Object.entries(cases))('%s finds nothing without a violation', (id, { complies }) => {
    expect(expectCase(id, complies)).toEqual([]);
  });

  it.each(Object.entries(cases))('%s does not apply to other resources', (id, { notApplicable }) => {
    if (typeof notApplicable === 'string') expect(notApplicable).toMatch(/\.$/);
    else
      expect(findingsIn(rules.filter((rule) => rule.id === id)[0]!, caseModel(notApplicable))).toBe('not applicable');
  });

  it.each(Object.entries(cases))('%s reports what it cannot check', (id, { unknown }) => {
    if (typeof unknown === 'string') expect(unknown).toMatch(/\.$/);
    else expect(expectCase(id, unknown).filter((line) => line.includes(': not checked: '))).not.toEqual([]);
  });
});

describe('plans of this platform, as deployed', () => {
  it.each(['network', 'registry', 'compute', 'observability'])('%s has no violations', (stack) => {
    expect(checkPolicies(planModel(`deployed-${stack}`), [], '2026-01-01').violations).toEqual([]);
  });
});
