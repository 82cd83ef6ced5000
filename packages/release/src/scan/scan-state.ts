import { DescribeImageScanFindingsCommand, type ScanStatus } from '@aws-sdk/client-ecr';
import type { Finding } from './finding';
import { findingsOf } from './findings-of';
import type { ScanRequest } from './scan-request';

/** How far the scan of an image is. */
export interface ScanState {
  /** `NONE` where it was never scanned. */
  readonly status: ScanStatus | 'NONE';
  /** What ECR says about it. */
  readonly description: string | undefined;
  /** Undefined as long as there is no result. */
  readonly completedAt: Date | undefined;
  readonly findings: readonly Finding[];
}

/** COMPLETE: scanned once. ACTIVE: scanned again and again, by enhanced scanning. */
const withResult: readonly string[] = ['COMPLETE', 'ACTIVE'];

/** Reads all pages. */
export async function scanState({
  ecr,
  repository,
  found,
}: Pick<ScanRequest, 'ecr' | 'repository' | 'found'>): Promise<ScanState> {
  const input = { repositoryName: repository, imageId: { imageDigest: found.digest }, maxResults: 1000 };
  const findings: Finding[] = [];
  let nextToken: string | undefined;
  for (;;) {
    const page = await ecr.send(new DescribeImageScanFindingsCommand({ ...input, nextToken })).catch(orNone);
    if (page === undefined) return { status: 'NONE', description: undefined, completedAt: undefined, findings };
    const { imageScanStatus = {}, imageScanFindings = {} } = page;
    findings.push(...findingsOf(imageScanFindings));
    ({ nextToken } = page);
    if (nextToken !== undefined) continue;
    const { status = 'PENDING', description } = imageScanStatus;
    // Enhanced scanning says COMPLETE before it has a result: https://github.com/aws/aws-sdk/issues/289
    const { imageScanCompletedAt } = imageScanFindings;
    return {
      status,
      description,
      completedAt: withResult.includes(status) ? imageScanCompletedAt : undefined,
      findings,
    };
  }
}

function orNone(error: Error): undefined {
  if (error.name === 'ScanNotFoundException') return undefined;
  throw error;
}
