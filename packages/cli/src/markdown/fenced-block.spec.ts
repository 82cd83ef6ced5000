import { fencedBlock } from './fenced-block';

describe('fencedBlock', () => {
  it('shows text as it stands', () => {
    expect(fencedBlock(['one', '  two'])).toBe('```text\none\n  two\n```');
  });

  it('is longer than any run of backticks in the text, so that no value can end it', () => {
    expect(fencedBlock(['a ```` b'])).toBe('`````text\na ```` b\n`````');
  });
});
