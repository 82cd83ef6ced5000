import type { ImageScanFinding, ScanStatus } from '@aws-sdk/client-ecr';
import type { FakeScan } from './fake-ecr';

/** A finding of basic scanning. */
export function finding(severity: string, name: string, more: Partial<ImageScanFinding> = {}): ImageScanFinding {
  return { name, severity: severity as NonNullable<ImageScanFinding['severity']>, ...more };
}

/** A scan that has ended. */
export function complete(...findings: ImageScanFinding[]): FakeScan {
  return {
    imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
    imageScanFindings: { imageScanCompletedAt: new Date('2024-12-24T01:02:03Z'), findings },
  };
}

/** A scan without a result. */
export function scanIn(status: ScanStatus, description?: string): FakeScan {
  return { imageScanStatus: { status, description } };
}
