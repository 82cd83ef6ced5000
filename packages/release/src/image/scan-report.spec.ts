import { FakeTerminal } from '@nightshift/console/testing';
import type { Finding } from './scan-findings';
import { scanReport } from './index';
import { type AllowedSeverity, verdictOf } from './scan-verdict';

const ADVICE =
  '       -> update the packages or the base image, then push and scan a new tag; the limit is registry.highestSeverity in environments/dev.yaml, or --allow\n';

function reportOf(findings: readonly Finding[], allowed: AllowedSeverity = 'HIGH'): string {
  const verdict = verdictOf(findings, allowed);
  const completedAt = new Date('2024-12-24T01:02:03Z');
  return scanReport(
    { image: '1.4.2', environment: { name: 'dev' }, allowed, completedAt, verdict },
    new FakeTerminal().colours,
  );
}

describe('scanReport', () => {
  it('is one line if the image passes', () => {
    expect(reportOf([])).toBe('  [OK] image 1.4.2: no finding, scanned 2024-12-24 01:02 UTC\n');
  });

  it('has each refused finding and the fix', () => {
    const openssl = { package: 'openssl 3.0.1', fixedIn: '3.0.2', uri: 'https://cve.example.org/1' };
    expect(
      reportOf([
        { name: 'CVE-1', severity: 'CRITICAL', ...openssl },
        { name: 'CVE-2', severity: 'CRITICAL' },
        { name: 'CVE-3', severity: 'LOW' },
      ]),
    ).toBe(
      `  [FAIL] image 1.4.2: 2 findings above HIGH (2 CRITICAL, 1 LOW), scanned 2024-12-24 01:02 UTC
       CRITICAL CVE-1 in openssl 3.0.1, fixed in 3.0.2, https://cve.example.org/1
       CRITICAL CVE-2
${ADVICE}`,
    );
  });

  it('has at most ten findings', () => {
    const findings = Array.from({ length: 12 }, (_, index) => ({
      name: `CVE-${String(index + 10)}`,
      severity: 'CRITICAL',
    }));
    expect(reportOf(findings)).toContain(
      `       CRITICAL CVE-19\n       … and 2 more; use --json to see all\n${ADVICE}`,
    );
  });
});
