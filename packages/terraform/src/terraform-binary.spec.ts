import { fits } from './terraform-binary';

describe('fits', () => {
  it.each([
    ['terraform', '1.11.0', true],
    ['terraform', '1.12.0-rc1', true],
    ['terraform', '1.100.3', true],
    ['terraform', '1.10.5', false],
    ['terraform', '0.15.0', false],
    ['terraform', '2.11.0', false],
    ['opentofu', '1.10.0', true],
    ['opentofu', '1.9.1', false],
  ] as const)('%s %s: %s', (product, version, expected) => {
    expect(fits({ product, version })).toBe(expected);
  });
});
