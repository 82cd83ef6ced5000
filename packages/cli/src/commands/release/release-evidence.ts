import type { ReleaseRecord, ReleaseTraffic } from '@nightshift/release';
import { oneLine } from '@nightshift/console';

type Evidence = Pick<ReleaseRecord, 'outcome' | 'verification' | 'traffic'>;

/** The outcome for people. A version that answered neither a test nor a request is unproven. */
export function outcomeText({ outcome, verification, traffic }: Evidence): string {
  if (outcome === undefined) return 'in progress';
  const unproven = outcome === 'succeeded' && traffic?.requests === 0 && verification?.outcome !== 'passed';
  return unproven ? `${outcome}, unproven` : outcome;
}

/** What is known of the new version beside the outcome: the test before traffic moved, and its requests afterwards. */
export function evidenceLines({ verification, traffic }: Evidence): readonly string[] {
  return [
    ...(verification?.outcome === 'passed' ? [`  tested before traffic moved: ${oneLine(verification.text)}`] : []),
    ...notVerifiedLines({ verification }),
    ...(traffic ? [`  ${trafficText(traffic)}`] : []),
  ];
}

export function notVerifiedLines({ verification }: Pick<Evidence, 'verification'>): readonly string[] {
  return verification?.outcome === 'not-verified' ? [`  not verified: ${oneLine(verification.text)}`] : [];
}

function trafficText({ requests, failed, balancerErrors }: ReleaseTraffic): string {
  const balancer =
    balancerErrors === 0
      ? ''
      : `; the load balancer itself answered ${String(balancerErrors)} with a server error, for either version`;
  if (requests === 0) return `no request was seen during the shift${balancer}`;
  const share = Math.round((1000 * failed) / requests) / 10;
  return `${String(requests)} ${requests === 1 ? 'request' : 'requests'} to the new version, ${String(failed)} failed (${String(share)} %)${balancer}`;
}
