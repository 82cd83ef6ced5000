import type { ScanState } from './scan-state';

const unfinished: Readonly<Partial<Record<ScanState['status'], string>>> = {
  PENDING: 'has yet to begin',
  IN_PROGRESS: 'goes on',
  COMPLETE: 'has ended, its result is still to come',
  ACTIVE: 'has begun, its result is still to come',
};

/** What there is to say of a scan that has no result yet, but will have. */
export function unfinishedScan(status: ScanState['status']): string | undefined {
  return unfinished[status];
}
