import { changedStacks } from './changed-stacks';

const state = (serial: number) => ({ serial, outputs: {}, resources: 0 });

describe('changedStacks', () => {
  it('names new stacks and those whose state was written', () => {
    const before = new Map([
      ['network', state(1)],
      ['registry', state(4)],
    ]);
    const after = new Map([
      ['network', state(2)],
      ['registry', state(4)],
      ['compute', state(1)],
    ]);
    expect(changedStacks(before, after)).toEqual(['network', 'compute']);
    expect(changedStacks(after, after)).toEqual([]);
  });
});
