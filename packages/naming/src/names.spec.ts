import fc from 'fast-check';
import {
  KEPT_IMAGE_TAG_PREFIX,
  limits,
  MAX_SUFFIX_LENGTH,
  namesFor,
  SUFFIX_PATTERN,
  suffixed,
  type NameLimit,
  type ResourceType,
} from './index';

const types = Object.keys(limits) as ResourceType[];
const reserved = /(?:^|-)s3alias$/;
const suffixes = fc
  .stringMatching(SUFFIX_PATTERN, { maxLength: MAX_SUFFIX_LENGTH })
  .filter((suffix) => !reserved.test(suffix));
const qualifiers = fc.option(fc.stringMatching(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), { nil: undefined });

describe('names (R0.8)', () => {
  const names = namesFor('dev');

  it('join type and suffix', () => {
    expect(names.of('ecs-cluster')).toBe('ecs-cluster-dev');
    expect(names.suffix).toBe('dev');
  });

  it('have a qualifier between type and suffix if there are several of a type', () => {
    expect(names.of('subnet', 'private-0')).toBe('subnet-private-0-dev');
  });

  it('begin with the prefix that AWS requires', () => {
    expect(names.of('kms-key', 'logs')).toBe('alias/kms-key-logs-dev');
  });

  it('are shortened if too long, with a hash of the full name', () => {
    const [one, two] = ['a', 'b'].map((end) => names.of('alb', `a-very-long-load-balancer-name-${end}`));
    expect(one?.length).toBeLessThanOrEqual(32);
    expect(one).toMatch(/^alb-a-very-long[a-z-]*-[0-9a-f]{6}-dev$/);
    expect(one).not.toBe(two);
  });

  it('are refused for an unknown type', () => {
    expect(() => names.of('teapot' as ResourceType)).toThrow(
      "names: 'teapot' is not a resource type in packages/naming/src/limits.ts",
    );
  });

  it('are refused with characters that AWS does not allow for the type', () => {
    expect(() => names.of('ecr-repository', 'Upper')).toThrow(
      "names: 'ecr-repository-Upper-dev' is not a legal name for a ecr-repository; AWS allows",
    );
  });

  it('are within the limit of their type and end in the suffix, for every type, suffix and qualifier', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), suffixes, qualifiers, (type, suffix, qualifier) => {
        const limit: NameLimit = limits[type];
        const name = namesFor(suffix).of(type, qualifier);
        expect(name.length).toBeLessThanOrEqual(limit.maxLength);
        expect(name).toMatch(limit.pattern);
        expect(name.endsWith(`-${suffix}`)).toBe(true);
      }),
    );
  });

  it('are refused with an ending that AWS reserves', () => {
    expect(() => namesFor('pr-s3alias').of('s3')).toThrow("names: 's3-pr-s3alias' is not a legal name for a s3");
  });

  it('keep the maximum length, and are shortened from one character more', () => {
    const qualifier = 'q'.repeat(32 - 'alb--dev'.length);
    expect(names.of('alb', qualifier)).toBe(`alb-${qualifier}-dev`);
    expect(names.of('alb', `${qualifier}q`)).toMatch(/^alb-q{17}-[0-9a-f]{6}-dev$/);
  });

  it('keep the type of every resource readable, for any length of the suffix', () => {
    const longest = namesFor('x'.repeat(MAX_SUFFIX_LENGTH));
    for (const type of types) {
      expect(longest.of(type)).toBe(`${type === 'kms-key' ? 'alias/' : ''}${type}-${longest.suffix}`);
      expect(longest.of(type, 'q'.repeat(2000))).toContain(`${type}-q`);
    }
  });

  it('differ for different resources of a type', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), suffixes, qualifiers, qualifiers, (type, suffix, one, two) => {
        fc.pre(one !== two);
        expect(namesFor(suffix).of(type, one)).not.toBe(namesFor(suffix).of(type, two));
      }),
    );
  });

  it('differ for two environments, if neither suffix ends in the other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), suffixes, suffixes, qualifiers, qualifiers, (type, one, other, a, b) => {
        fc.pre(!`-${one}`.endsWith(`-${other}`) && !`-${other}`.endsWith(`-${one}`));
        expect(namesFor(one).of(type, a)).not.toBe(namesFor(other).of(type, b));
      }),
    );
    // Why such suffixes must not meet: the name does not say where the qualifier ends.
    expect(namesFor('blue-dev').of('tg')).toBe(namesFor('dev').of('tg', 'blue'));
  });
});

describe('suffixed', () => {
  it('adds a suffix, and shortens the name if both are too long', () => {
    expect(suffixed('acme-state', 'logs', 15)).toBe('acme-state-logs');
    expect(suffixed('acme-states', 'logs', 15)).toBe('acm-91d985-logs');
  });
});

describe('the tag that keeps an image', () => {
  it('is a valid tag with digits of the digest: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md', () => {
    expect(`${KEPT_IMAGE_TAG_PREFIX}0123456789ab`).toMatch(/^\w[\w.-]{0,127}$/);
  });
});
