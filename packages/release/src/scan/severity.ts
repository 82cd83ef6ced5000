import type { Environment } from '@nightshift/config';

/** The highest severity that an image may have. */
export type AllowedSeverity = Environment['registry']['highestSeverity'];

/** Lowest first. */
export const allowedSeverities = [
  'NONE',
  'INFORMATIONAL',
  'LOW',
  'MEDIUM',
  'HIGH',
  'CRITICAL',
] as const satisfies readonly AllowedSeverity[];

/**
 * How severe a finding is. `UNDEFINED` and `UNTRIAGED` count as `INFORMATIONAL`: nobody has assessed these yet, and nobody
 * who builds an image can do anything about that.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-troubleshooting.html
 */
export function rankOf(severity: string): number {
  const known: readonly string[] = allowedSeverities;
  return Math.max(known.indexOf(severity), known.indexOf('INFORMATIONAL'));
}

export function isAbove(severity: string, allowed: AllowedSeverity): boolean {
  return rankOf(severity) > allowedSeverities.indexOf(allowed);
}
