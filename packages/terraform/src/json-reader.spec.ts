import { JsonReader } from './json-reader';

describe('JsonReader', () => {
  it.each(['', 'text', '[1]', '"a"', '{"a":', 'null'])('does not take %p for an object', (text) => {
    expect(JsonReader.parse(text)).toBeUndefined();
  });

  it('reads fields of the type that is asked for', () => {
    const json = JsonReader.parse('{"t":"x","n":2,"f":true,"o":{"t":"y"},"l":[{"t":"z"},1],"v":[1]}');
    expect(json?.text('t')).toBe('x');
    expect(json?.number('n')).toBe(2);
    expect(json?.flag('f')).toBe(true);
    expect(json?.object('o')?.text('t')).toBe('y');
    expect(json?.objects('l').map((item) => item.text('t'))).toEqual(['z']);
    expect(json?.value('v')).toEqual([1]);
    expect(json?.names()).toEqual(['t', 'n', 'f', 'o', 'l', 'v']);
  });

  it('has nothing to say of a field that is missing or of another type', () => {
    const json = JsonReader.parse('{"a":[],"b":null}');
    expect(json?.text('a')).toBeUndefined();
    expect(json?.number('a')).toBe(0);
    expect(json?.flag('a')).toBe(false);
    expect(json?.object('a')).toBeUndefined();
    expect(json?.object('b')).toBeUndefined();
    expect(json?.objects('b')).toEqual([]);
    expect(json?.text('constructor')).toBeUndefined();
  });
});
