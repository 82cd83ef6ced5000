import { taskSetName } from './release-text';

describe('taskSetName', () => {
  it.each([
    ['blue', 'tg-green-prod', 'current (green)'],
    ['green', 'tg-blue-prod', 'new (blue)'],
    ['green', 'by-hand', 'new (by-hand)'],
  ] as const)('of %s in %s', (label, targetGroup, name) => {
    expect(taskSetName({ label, targetGroup })).toBe(name);
  });
});
