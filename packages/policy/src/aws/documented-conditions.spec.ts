import { documentedConditions } from './documented-conditions';
import { actionsOf, takesKey } from './service-authorization';

describe('conditions that only a document of AWS lists', () => {
  it.each(documentedConditions)('$key of $action needs its source', ({ action, key, source }) => {
    expect(actionsOf(action).length).toBeGreaterThan(0);
    expect(actionsOf(action).filter((one) => takesKey(one, key))).toEqual([]);
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });
});
