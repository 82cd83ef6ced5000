import fc from 'fast-check';
import { inside, overlap, overlapping, parseCidr, type Cidr } from './cidr';

const octets = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 255 })));
const prefixes = fc.integer({ min: 0, max: 32 });

/** The network that holds an address, by its bits as text. */
function naive(address: readonly number[], prefixLength: number) {
  const bits = address.map((octet) => octet.toString(2).padStart(8, '0')).join('');
  const network = bits.slice(0, prefixLength);
  const octet = (index: number) => parseInt(network.padEnd(32, '0').slice(8 * index, 8 * index + 8), 2);
  const hasHostBits = bits.slice(prefixLength).includes('1');
  return { network, hasHostBits, text: `${[0, 1, 2, 3].map(octet).join('.')}/${prefixLength}` };
}

const parsed = (text: string) => parseCidr(text) as Cidr;

describe('parseCidr', () => {
  it('returns the first and the last address and the prefix of a network', () => {
    expect(parseCidr('10.0.1.0/24')).toEqual({ first: 167_772_416, last: 167_772_671, prefixLength: 24 });
    expect(parseCidr('0.0.0.0/0')).toEqual({ first: 0, last: 2 ** 32 - 1, prefixLength: 0 });
    expect(parseCidr('255.255.255.255/32')).toEqual({ first: 2 ** 32 - 1, last: 2 ** 32 - 1, prefixLength: 32 });
  });

  it.each([
    '',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/16',
    '10.0.0.256/32',
    '010.0.0.0/8',
    '::/0',
    'a.b.c.d/8',
    ' 10.0.0.0/8',
  ])('refuses an invalid IPv4 network: "%s"', (text) => expect(parseCidr(text)).toBeUndefined());

  it('accepts every network, and refuses every address with host bits', () => {
    fc.assert(
      fc.property(octets, prefixes, (address, prefixLength) => {
        const { hasHostBits, text } = naive(address, prefixLength);
        expect(parsed(text)).toMatchObject({ prefixLength });
        expect(parsed(text).last - parsed(text).first + 1).toBe(2 ** (32 - prefixLength));
        expect(parseCidr(`${address.join('.')}/${prefixLength}`) === undefined).toBe(hasHostBits);
      }),
    );
  });
});

describe('overlap', () => {
  it('is true if one prefix begins with the bits of the other', () => {
    // Few addresses, so that networks meet often.
    const near = fc.tuple(
      fc.constant(10),
      fc.constant(0),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 255 }),
    );
    fc.assert(
      fc.property(near, prefixes, near, prefixes, (address, length, otherAddress, otherLength) => {
        const [one, other] = [naive(address, length), naive(otherAddress, otherLength)];
        const same = one.network.startsWith(other.network) || other.network.startsWith(one.network);
        expect(overlap(parsed(one.text), parsed(other.text))).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  it('is false for adjacent networks', () => {
    expect(overlap(parsed('10.0.0.0/24'), parsed('10.0.1.0/24'))).toBe(false);
  });
});

describe('networks as text', () => {
  it.each([
    ['10.0.0.0/16', '10.0.0.0/8', true, true],
    ['10.0.0.0/8', '10.0.0.0/16', true, false],
    ['10.1.0.0/16', '10.0.0.0/16', false, false],
    ['9.0.0.0/16', '10.0.0.0/16', false, false],
    ['x', '10.0.0.0/16', false, false],
    ['10.0.0.0/16', 'x', false, false],
  ])('%s and %s: overlap %s, inside %s', (one, other, overlaps, isInside) => {
    expect([overlapping(one, other), inside(one, other)]).toEqual([overlaps, isInside]);
  });
});
