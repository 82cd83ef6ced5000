import { Lb } from '@cdktf/provider-aws/lib/lb';
import type { Environment } from '@nightshift/config';
import { type HardenedBucket, PlatformStack, type Statement } from '@nightshift/stack';
import { Construct } from 'constructs';

export interface LoadBalancerProps {
  /** `internal`: private addresses only. */
  readonly scheme: Environment['loadBalancer']['scheme'];
  /** Three public or three private subnets, by scheme. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /**
   * A bucket with `accessLogStatements` and without a key: access logs support only SSE-S3.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#access-log-create-bucket
   */
  readonly accessLogs: HardenedBucket;
  readonly idleTimeoutSeconds: number;
}

/** The load balancer of the service (R6.1). */
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
      // Blocks requests that two servers could parse differently (desync attacks).
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

/**
 * Allows the log delivery of load balancers, in every region, to write below this account's folder. No condition on the source: AWS
 * documents none for this principal.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 */
export function accessLogStatements(bucketArn: string, account: string): Statement[] {
  return [
    {
      Sid: 'DeliverLogs',
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: [`${bucketArn}/AWSLogs/${account}/*`],
    },
  ];
}
