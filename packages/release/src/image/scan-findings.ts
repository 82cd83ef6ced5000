import {
  DescribeImageScanFindingsCommand,
  type EnhancedImageScanFinding,
  type ImageScanFinding,
  type ImageScanFindings,
  type ScanStatus,
} from '@aws-sdk/client-ecr';
import type { Immutable } from '@nightshift/console/json';
import { z } from 'zod';
import type { FoundImage } from './find-image';
import type { WantedImage } from './image-platform';

/** The status of the scan of an image. */
export interface ScanState {
  /** `NONE` without a scan. */
  readonly status: ScanStatus | 'NONE';
  /** The description from ECR. */
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
}: Pick<WantedImage, 'ecr' | 'repository'> & { readonly found: FoundImage }): Promise<ScanState> {
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

const unfinished: Readonly<Partial<Record<ScanState['status'], string>>> = {
  PENDING: 'has not started yet',
  IN_PROGRESS: 'is in progress',
  COMPLETE: 'has ended, but has no result yet',
  ACTIVE: 'has started, but has no result yet',
};

/** The message for a scan in progress. */
export function unfinishedScan(status: ScanState['status']): string | undefined {
  return unfinished[status];
}

export const scanFinding = z
  .object({
    name: z.string().describe('Such as `CVE-2024-3094`.'),
    severity: z.string().describe('Severity of ECR, such as `CRITICAL`.'),
    package: z.string().optional().describe('Such as `xz-utils 5.6.0`.'),
    fixedIn: z.string().optional().describe('The version of the package that no longer has it.'),
    uri: z.string().optional().describe('URL of the description.'),
  })
  .describe('A vulnerability of an image. What the scan does not say is absent.');

export type Finding = Immutable<z.output<typeof scanFinding>>;

/** The findings of a basic scan (ECR) or an enhanced scan (Amazon Inspector). */
export function findingsOf({ findings = [], enhancedFindings = [] }: ImageScanFindings): readonly Finding[] {
  return [
    ...findings.map(basic),
    // Other findings are suppressed in Inspector, or closed.
    ...enhancedFindings.filter(({ status = 'ACTIVE' }) => status === 'ACTIVE').map(enhanced),
  ];
}

function basic({ name = 'unnamed', severity = 'UNDEFINED', uri, attributes = [] }: ImageScanFinding): Finding {
  const attribute = (key: string) => attributes.find((one) => one.key === key)?.value;
  const affected = nameAndVersion(attribute('package_name'), attribute('package_version'));
  return { name, severity, package: affected, fixedIn: undefined, uri };
}

function enhanced(finding: EnhancedImageScanFinding): Finding {
  const { title = 'unnamed', severity = 'UNTRIAGED', packageVulnerabilityDetails = {} } = finding;
  const { vulnerabilityId: name = title, vulnerablePackages = [], sourceUrl: uri } = packageVulnerabilityDetails;
  const affected = vulnerablePackages.map((one) => nameAndVersion(one.name, one.version));
  const fixes = vulnerablePackages.map(({ fixedInVersion }) => fixedInVersion).filter((one) => one !== 'NotAvailable');
  return { name, severity, package: listed(affected), fixedIn: listed(fixes), uri };
}

function nameAndVersion(name: string | undefined, version: string | undefined): string | undefined {
  return name === undefined ? undefined : [name, version].filter(Boolean).join(' ');
}

/** Without duplicates. */
function listed(texts: readonly (string | undefined)[]): string | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0 ? undefined : [...new Set(known)].join(', ');
}
