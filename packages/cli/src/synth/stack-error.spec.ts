import { UserError } from '@nightshift/errors';
import { stackError } from './stack-error';

const thrown = (message: string, ...frames: string[]) =>
  Object.assign(new Error(message), { stack: [`Error: ${message}`, ...frames].join('\n    at ') });
const asTheUserReads = (error: unknown) => {
  const known = stackError(error, (trace) => trace.replace('bundle.cjs:9', 'apps/network/src/vpc.ts:3:5'));
  expect(known).toBeInstanceOf(UserError);
  return (known as UserError).message;
};

describe('an error in the stacks', () => {
  it('is shown with the place in the stack that led to it', () => {
    const error = thrown(
      "names: 'x' is not a resource\n  type",
      'nameOf (packages/naming/src/names.ts:1:2)',
      'bundle.cjs:9',
    );
    expect(asTheUserReads(error)).toBe(
      "apps/network/src/vpc.ts:3:5: names: 'x' is not a resource type - correct the source",
    );
  });

  it('is shown with the place in a package where no stack took part', () => {
    expect(asTheUserReads(thrown('oops', 'visit (/ws/packages/aspects/src/apply-tags.ts:8:1)'))).toBe(
      'packages/aspects/src/apply-tags.ts:8:1: oops - correct the source',
    );
  });

  it('may have no place at all', () => {
    const error = Object.assign(new Error('oops'), { stack: undefined });
    expect(asTheUserReads(error)).toBe('apps/platform: oops - correct the source');
  });

  it('is a complaint of each construct that CDKTF names', () => {
    const message =
      'Encountered Annotations with level "ERROR":\n[network/Vpc] too large\n[network] no outputs\n\nEither fix the issues above, or set the environment variable';
    expect(asTheUserReads(thrown(message))).toBe(
      'network/Vpc: too large - correct the construct\nnetwork: no outputs - correct the construct',
    );
  });

  it('keeps what a rule or the compiler says, which comes with code of its own', () => {
    const problem = { where: 'apps/network/src/a.ts:1:2', what: 'Unexpected "x"', todo: 'correct the source' };
    expect(asTheUserReads(Object.assign(new Error('Build failed'), { problems: [problem, problem] }))).toBe(
      'apps/network/src/a.ts:1:2: Unexpected "x" - correct the source\napps/network/src/a.ts:1:2: Unexpected "x" - correct the source',
    );
  });

  it.each(['text', Object.assign(new Error('EROFS'), { syscall: 'open' })])('is nothing else: %s', (other) => {
    expect(stackError(other, String)).toBe(other);
  });
});
