import { describeProblem } from '@nightshift/errors';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allowedNamesIn, fileNameProblems, requestedSuffix } from './environment-names';

const problems = (name: string) => fileNameProblems(name, `environments/${name}.yaml`).map(describeProblem);

describe('the name of an environment file', () => {
  it('is a valid suffix', () => {
    expect(problems('eu-prod')).toEqual([]);
  });

  it.each([
    ['UPPER', 'upper'],
    ['has_underscore', 'has-underscore'],
    ['1.5', '1-5'],
    ['trailing-', 'trailing'],
    ['-leading', 'leading'],
    ['two--hyphens', 'two-hyphens'],
  ])('cannot be %s', (name, better) => {
    expect(problems(name)).toEqual([
      `environments/${name}.yaml: is not a valid environment name, got "${name}" - rename it, for example to ${better}.yaml: lower-case letters and digits, in groups joined by single hyphens`,
    ]);
  });

  it('contains letters or digits', () => {
    expect(problems('_')).toEqual([
      'environments/_.yaml: is not a valid environment name, got "_" - rename it to lower-case letters and digits, in groups joined by single hyphens',
    ]);
  });

  it('fits into the names of all resources', () => {
    expect(problems('production-europe')).toEqual([
      'environments/production-europe.yaml: is too long for some resource names (17 characters), got "production-europe" - use at most 16 characters',
    ]);
  });
});

describe('the names of the files in a directory', () => {
  it('are the valid environment names', () => {
    const directory = mkdtempSync(join(tmpdir(), 'names-'));
    try {
      for (const file of ['prod.yaml', 'dev.yaml', 'UPPER.yaml', 'dev copy.yaml'])
        writeFileSync(join(directory, file), '');
      expect(allowedNamesIn(directory)).toEqual(['dev', 'prod']);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('requestedSuffix', () => {
  it('reads ENVIRONMENT_SUFFIX; an empty value counts as not set', () => {
    expect(requestedSuffix({ ENVIRONMENT_SUFFIX: 'pr-123' })).toBe('pr-123');
    expect(requestedSuffix({ ENVIRONMENT_SUFFIX: '' })).toBeUndefined();
    expect(requestedSuffix({})).toBeUndefined();
  });
});
