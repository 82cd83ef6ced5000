import { describeProblem } from '@nightshift/errors';
import { suffixProblems, type SuffixRequest } from './suffix-problems';

const problemsFor = (request: Partial<SuffixRequest>) =>
  suffixProblems({
    name: 'preview',
    label: 'environments/preview.yaml',
    file: { profile: true },
    suffix: undefined,
    names: ['dev', 'preview', 'prod'],
    ...request,
  }).map(describeProblem);

describe('the suffix of an environment that is not a profile', () => {
  const own = { name: 'dev', label: 'environments/dev.yaml', file: { profile: false } };

  it.each([undefined, 'dev'])('is its name: %s', (suffix) => expect(problemsFor({ ...own, suffix })).toEqual([]));

  it('cannot be different', () => {
    expect(problemsFor({ ...own, suffix: 'pr-1' })).toEqual([
      'ENVIRONMENT_SUFFIX: is only for profiles, and environments/dev.yaml is not a profile, got "pr-1" - unset it, or use a file with "profile: true"',
    ]);
  });
});

describe('the suffix of an ephemeral environment (R0.11)', () => {
  it.each(['pr-123', 'a', '1', 'x'.repeat(16), 'development', 'dev-1', 'xdev'])('can be %s', (suffix) =>
    expect(problemsFor({ suffix })).toEqual([]),
  );

  it('is required', () => {
    expect(problemsFor({})).toEqual([
      'environments/preview.yaml: is a profile, so its environments need a suffix - set one, as in: ENVIRONMENT_SUFFIX=pr-123 npx nx run-many -t deploy -c preview',
    ]);
  });

  it.each(['PR-1', 'pr_1', 'pr--1', '-pr', 'pr-', 'pr.1', 'pr 1', '../x'])('cannot be %s', (suffix) =>
    expect(problemsFor({ suffix })).toEqual([
      `ENVIRONMENT_SUFFIX: is not a valid environment name, got "${suffix}" - use lower-case letters and digits, in groups joined by single hyphens`,
    ]),
  );

  it('is short enough for every resource name (R0.8)', () => {
    expect(problemsFor({ suffix: 'feature-risk-2024' })).toEqual([
      'ENVIRONMENT_SUFFIX: is too long for some resource names (17 characters), got "feature-risk-2024" - use at most 16 characters',
    ]);
  });

  it.each(['s3alias', 'pr-s3alias'])('cannot have an ending that AWS reserves: %s', (suffix) =>
    expect(problemsFor({ suffix })).toEqual([
      `ENVIRONMENT_SUFFIX: makes names end in text that AWS reserves (s3), got "${suffix}" - use something else`,
    ]),
  );

  it('cannot be the name of another environment file', () => {
    expect(problemsFor({ suffix: 'prod' })).toEqual([
      'ENVIRONMENT_SUFFIX: is the name of an environment file, got "prod" - use another, such as pr-123',
    ]);
  });

  it('cannot end in the name of another environment file, since resource names could be equal', () => {
    expect(problemsFor({ suffix: 'blue-dev' })).toEqual([
      'ENVIRONMENT_SUFFIX: ends in the name of an environment file (dev), got "blue-dev" - use another, such as pr-123',
    ]);
  });
});
