import type { PolicyStatement } from '../model/policy-statements';
import { covers } from './covers';

/** Statements that refuse everyone an action without TLS, and nothing narrower than that. */
export function tlsOnly(statements: readonly PolicyStatement[], action: string): readonly PolicyStatement[] {
  return statements.filter(
    ({ effect, principals, actions, conditions }) =>
      effect === 'Deny' &&
      principals.some(({ value }) => value === '*') &&
      actions.some((pattern) => covers(pattern, action)) &&
      conditions.length === 1 &&
      conditions.every(
        ({ operator, key, values }) =>
          operator === 'Bool' && key.toLowerCase() === 'aws:securetransport' && values.join() === 'false',
      ),
  );
}
