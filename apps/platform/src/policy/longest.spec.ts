import { environmentOf, type Environment } from '@nightshift/config';
import { checkPolicies, describeViolation, modelOf } from '@nightshift/policy';
import { committedEnvironments } from '../committed-environments.fixture';
import { synthesizedStacks } from '../synthesize';
import { richEnvironment } from './rich-environment.fixture';

/** The longest suffix there may be, and tags as many and as long as the schema lets them be. */
function longest(environment: Environment): Environment {
  const more = Array.from({ length: 43 }, (_, index) => [`${index}`.padEnd(128, 'k'), 'v'.repeat(256)] as const);
  const tags = { ...Object.fromEntries(more), Project: 'p'.repeat(256), CostCenter: 'c'.repeat(256) };
  return environmentOf({ ...environment, tags }, environment.name, 'a-suffix-of-16-c');
}

describe('every environment file with the longest suffix and tags (R0.8, R0.9)', () => {
  it.each([...committedEnvironments(), richEnvironment()].map((one) => [one.name, longest(one)] as const))(
    '%s passes every rule',
    (_, environment) => {
      const { violations } = checkPolicies(
        modelOf({ stacks: synthesizedStacks(environment), environment }),
        environment.waivers,
        '2026-01-01',
      );
      expect(violations.map(describeViolation)).toEqual([]);
    },
  );
});
