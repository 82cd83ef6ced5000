import { apart } from './apart';
import { span } from './text-line';

const text = (width: number) =>
  apart([span('left')], [span('right', 'dim')], width)
    .map(({ text: part }) => part)
    .join('');

describe('apart', () => {
  it('puts one part at each end of the line', () => {
    expect(text(14)).toBe('left     right');
  });

  it('keeps them apart where there is no room', () => {
    expect(text(5)).toBe('left  right');
  });
});
