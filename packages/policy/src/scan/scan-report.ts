import { covers } from '../aws/iam-patterns';
import type { ScanException } from './scan-exceptions';

/** A finding of a scanner for one resource of one environment. */
export interface ScanFinding {
  readonly environment: string;
  readonly check: string;
  /** The title of the check. */
  readonly title: string;
  /** The construct path of the resource. */
  readonly path: string;
}

export interface ScanReport {
  /** One line per problem; empty if the scan has passed. */
  readonly problems: readonly string[];
  /** Findings that an exception covers. */
  readonly excepted: number;
}

/** Reports findings without an exception, and unused exceptions or resources of exceptions. */
export function scanReport(findings: readonly ScanFinding[], exceptions: readonly ScanException[]): ScanReport {
  const open = findings.filter((finding) => !exceptions.some((one) => isFor(one, finding)));
  const unused = exceptions.flatMap(({ check, resources }) =>
    resources
      .filter((path) => !findings.some((one) => one.check === check && covers(path, one.path)))
      .map((path) => ({ check, path })),
  );
  return {
    problems: [
      ...byResource(open).map(
        ([{ path, check, title }, environments]) =>
          `${path}: ${check} (${title}), in ${environments.join(', ')} - fix it, or add an exception with the requirement that causes it`,
      ),
      ...unused.map(({ check, path }) => `exception of ${check} for ${path}: is not needed - remove it`),
    ],
    excepted: findings.length - open.length,
  };
}

function isFor({ check, resources }: ScanException, finding: ScanFinding): boolean {
  return check === finding.check && resources.some((path) => covers(path, finding.path));
}

/** Merges equal findings of several environments. */
function byResource(findings: readonly ScanFinding[]): readonly (readonly [ScanFinding, readonly string[]])[] {
  const firsts = findings.filter((one) => findings.find((other) => isSame(one, other)) === one);
  return firsts.map((first) => [
    first,
    findings.filter((one) => isSame(one, first)).map(({ environment }) => environment),
  ]);
}

function isSame(one: ScanFinding, other: ScanFinding): boolean {
  return one.check === other.check && one.path === other.path;
}
