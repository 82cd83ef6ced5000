import { attributeIs } from './rule';

describe('a required attribute', () => {
  it('is a finding if it has another value or is missing', () => {
    const fix = 'set it to true';
    expect(attributeIs({ logs: { enabled: false } }, 'logs.enabled', true)).toEqual([
      { got: 'logs.enabled false', fix },
    ]);
    expect(attributeIs({}, 'logs.enabled', true)).toEqual([{ got: 'logs.enabled none', fix }]);
    expect(attributeIs({}, 'logs.enabled', true, false)).toEqual([{ got: 'logs.enabled none', fix }]);
  });

  it('is no finding if it has the value, or if AWS has it by default', () => {
    expect(attributeIs({ logs: [{ enabled: true }] }, 'logs.enabled', true)).toEqual([]);
    expect(attributeIs({}, 'logs.enabled', true, true)).toEqual([]);
  });
});
