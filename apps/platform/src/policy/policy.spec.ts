import { checkPolicies, describeViolation, modelOf, rules } from '@nightshift/policy';
import fc from 'fast-check';
import { committedEnvironments } from '../committed-environments.fixture';
import { legalEnvironments } from './legal-environments.fixture';
import { synthesizedStacks } from '../synthesize';
import { Mutable, type Json } from './mutation.fixture';
import { mutations } from './mutations.fixture';
import { richEnvironment } from './rich-environment.fixture';

const TODAY = '2026-01-01';
/** Each is synthesized: a quarter of a second. */
const RUNS = 8;
const environment = richEnvironment();
const stacks = synthesizedStacks(environment) as Record<string, Json>;
const cases = Object.entries(mutations).flatMap(([id, table]) => table.map((mutation) => ({ id, ...mutation })));

describe('every environment of the repository', () => {
  const all = [...committedEnvironments(), environment].map((one) => ({
    name: one.name,
    model: () => modelOf({ stacks: synthesizedStacks(one), environment: one }),
    waivers: one.waivers,
  }));

  it.each(all)('$name passes every rule', ({ model, waivers }) => {
    expect(checkPolicies(model(), waivers, TODAY).violations.map(describeViolation)).toEqual([]);
  });
});

describe('every environment that the schema allows', () => {
  it('passes every rule', () => {
    fc.assert(
      fc.property(legalEnvironments, (one) => {
        const model = modelOf({ stacks: synthesizedStacks(one), environment: one });
        expect(checkPolicies(model, [], TODAY).violations.map(describeViolation)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a fault in a real environment is refused', () => {
  it.each(cases)('by $id: $title', ({ id, apply }) => {
    const copies = structuredClone(stacks);
    apply(new Mutable(copies));
    const model = modelOf({ stacks: copies, environment });
    const { violations } = checkPolicies(
      model,
      [],
      TODAY,
      rules.filter((rule) => rule.id === id),
    );
    expect(violations).not.toEqual([]);
  });

  it('by every rule, and no rule is without resources to check', () => {
    const killing = new Set(cases.map(({ id }) => id));
    const untested = rules.filter(({ id }) => !killing.has(id));
    expect(
      untested.map(
        ({ id }) => `${id}: no mutation violates it - add one to apps/platform/src/policy/*-mutations.fixture.ts`,
      ),
    ).toEqual([]);
    const { ruleResults } = checkPolicies(modelOf({ stacks, environment }), [], TODAY);
    expect(
      ruleResults
        .filter(({ subjects }) => subjects === 0)
        .map(({ rule }) => `${rule.id}: judges nothing - let rich-environment.fixture.ts create such a resource`),
    ).toEqual([]);
  });
});
