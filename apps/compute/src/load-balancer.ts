import { Lb } from '@cdktf/provider-aws/lib/lb';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import type { AccessLogBucket } from './access-log-bucket';

export interface LoadBalancerProps {
  /** An internal one has private addresses only. */
  readonly scheme: Environment['loadBalancer']['scheme'];
  /** For the scheme: three public or three private ones. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly accessLogs: AccessLogBucket;
  readonly idleTimeoutSeconds: number;
}

/** The load balancer by which clients reach the service (R6.1). */
export class LoadBalancer extends Construct {
  readonly arn: string;
  /** `app/<name>/<id>`. */
  readonly arnSuffix: string;
  readonly dnsName: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { scheme, subnetIds, securityGroupId, accessLogs, idleTimeoutSeconds } = props;
    const { names } = PlatformStack.of(this);
    const balancer = new Lb(this, 'Resource', {
      name: names.of('alb'),
      loadBalancerType: 'application',
      internal: scheme === 'internal',
      subnets: [...subnetIds],
      securityGroups: [securityGroupId],
      // Requests that two servers could read differently do not reach the tasks.
      dropInvalidHeaderFields: true,
      desyncMitigationMode: 'defensive',
      idleTimeout: idleTimeoutSeconds,
      enableDeletionProtection: false,
      accessLogs: { enabled: true, bucket: accessLogs.bucketName },
      dependsOn: [accessLogs.policy],
    });
    this.arn = balancer.arn;
    this.arnSuffix = balancer.arnSuffix;
    this.dnsName = balancer.dnsName;
  }
}
