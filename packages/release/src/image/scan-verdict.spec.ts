import { allowedSeverities, verdictOf, verdictSentence } from './index';

const found = (...severities: string[]) =>
  severities.map((severity, index) => ({
    name: `CVE-${String(9 - index)}`,
    severity,
    package: undefined,
    fixedIn: undefined,
    uri: undefined,
  }));

describe('verdictOf', () => {
  it('refuses findings above the allowed severity, highest first (R2.3)', () => {
    const verdict = verdictOf(found('MEDIUM', 'CRITICAL', 'HIGH', 'HIGH'), 'MEDIUM');
    expect(verdict.passed).toBe(false);
    expect(verdict.counts).toEqual({ CRITICAL: 1, HIGH: 2, MEDIUM: 1 });
    expect(verdict.refused.map(({ name }) => name)).toEqual(['CVE-8', 'CVE-6', 'CVE-7']);
    expect(verdictSentence(verdict, 'MEDIUM')).toBe('3 findings above MEDIUM (1 CRITICAL, 2 HIGH, 1 MEDIUM)');
  });

  it('counts findings without an assessment as INFORMATIONAL', () => {
    const verdict = verdictOf(found('UNDEFINED'), 'INFORMATIONAL');
    expect(verdict.passed).toBe(true);
    expect(verdictSentence(verdict, 'INFORMATIONAL')).toBe('no finding above INFORMATIONAL (1 UNDEFINED)');
    expect(verdictSentence(verdictOf(found('UNDEFINED'), 'NONE'), 'NONE')).toBe('1 finding above NONE (1 UNDEFINED)');
  });

  it('orders the severities of ECR, lowest first', () => {
    expect(allowedSeverities).toEqual(['NONE', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']);
  });

  it('passes an image without findings', () => {
    expect(verdictSentence(verdictOf([], 'NONE'), 'NONE')).toBe('no finding');
  });
});
