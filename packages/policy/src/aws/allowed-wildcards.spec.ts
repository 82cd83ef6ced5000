import { unscopedActions } from '@nightshift/config';
import { allowedWildcards } from './allowed-wildcards';
import { actionsOf, takesNoResource } from './service-authorization';

describe('wildcards that are allowed (R9.2)', () => {
  it.each(Object.entries(allowedWildcards))('%s has a reason with a source, and needs one', (action, why) => {
    expect(actionsOf(action)).toHaveLength(1);
    expect(takesNoResource(action)).toBe(false);
    expect(why).toMatch(/^.{40,}: https:\/\/docs\.aws\.amazon\.com\/\S+$/);
  });

  it('are all that an environment file may ask for', () => {
    const others = unscopedActions.filter((action) => !takesNoResource(action) && !allowedWildcards[action]);
    expect(others).toEqual([]);
  });
});
