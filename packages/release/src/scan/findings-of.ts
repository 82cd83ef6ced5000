import type { EnhancedImageScanFinding, ImageScanFinding, ImageScanFindings } from '@aws-sdk/client-ecr';
import type { Finding } from './finding';

/** What a scan found: a basic one, by ECR itself, or an enhanced one, by Amazon Inspector. */
export function findingsOf({ findings = [], enhancedFindings = [] }: ImageScanFindings): readonly Finding[] {
  return [
    ...findings.map(basic),
    // Others are suppressed by a rule in Inspector, or no longer there.
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

/** Each once. */
function listed(texts: readonly (string | undefined)[]): string | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0 ? undefined : [...new Set(known)].join(', ');
}
