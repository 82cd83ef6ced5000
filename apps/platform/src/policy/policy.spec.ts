import { environmentOf, type Environment } from '@nightshift/config';
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

function violationsOf(one: Environment): readonly string[] {
  const model = modelOf({ stacks: synthesizedStacks(one), environment: one });
  return checkPolicies(model, one.waivers, TODAY).violations.map(describeViolation);
}

/** The longest suffix there may be, and tags as many and as long as the schema lets them be. */
function longest(one: Environment): Environment {
  const more = Array.from({ length: 43 }, (_, index) => [`${index}`.padEnd(128, 'k'), 'v'.repeat(256)] as const);
  const tags = { ...Object.fromEntries(more), Project: 'p'.repeat(256), CostCenter: 'c'.repeat(256) };
  return environmentOf({ ...one, tags }, one.name, 'a-suffix-of-16-c');
}

describe('every environment of the repository', () => {
  const all = [...committedEnvironments(), environment].map((one) => ({ name: one.name, one }));

  it.each(all)('$name passes every rule', ({ one }) => {
    expect(violationsOf(one)).toEqual([]);
  });

  it.each(all)('$name passes every rule with the longest suffix and tags (R0.8, R0.9)', ({ one }) => {
    expect(violationsOf(longest(one))).toEqual([]);
  });
});

describe('every environment that the schema allows', () => {
  it('passes every rule', () => {
    fc.assert(
      fc.property(legalEnvironments, (one) => {
        expect(violationsOf(one)).toEqual([]);
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
