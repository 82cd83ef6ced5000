import { attributeIs } from './rule';

describe('what an attribute has to be', () => {
  it('is a finding where it is another, or not written', () => {
    const fix = 'set it to true';
    expect(attributeIs({ logs: { enabled: false } }, 'logs.enabled', true)).toEqual([
      { got: 'logs.enabled false', fix },
    ]);
    expect(attributeIs({}, 'logs.enabled', true)).toEqual([{ got: 'logs.enabled none', fix }]);
    expect(attributeIs({}, 'logs.enabled', true, false)).toEqual([{ got: 'logs.enabled none', fix }]);
  });

  it('is none where it is so, or AWS takes it so', () => {
    expect(attributeIs({ logs: [{ enabled: true }] }, 'logs.enabled', true)).toEqual([]);
    expect(attributeIs({}, 'logs.enabled', true, true)).toEqual([]);
  });
});
