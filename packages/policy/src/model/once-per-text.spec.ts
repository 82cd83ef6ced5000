import { oncePerText } from './once-per-text';

describe('a memoized function', () => {
  it('computes each text once', () => {
    const compute = jest.fn((text: string) => text.length);
    const length = oncePerText(compute);
    expect(['ab', 'abc', 'ab'].map(length)).toEqual([2, 3, 2]);
    expect(compute.mock.calls).toEqual([['ab'], ['abc']]);
  });
});
