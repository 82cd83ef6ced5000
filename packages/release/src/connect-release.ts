import type { ReleaseClients } from './release-clients';

/** What the clients of all AWS services are made with, such as region, endpoint and credentials. */
export interface ConnectReleaseOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler?: { readonly connectionTimeout?: number; readonly requestTimeout?: number };
}

/**
 * A watch goes on for an hour or more, often several at a time in one account: it waits out throttling instead of giving up.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const PATIENT = { maxAttempts: 10, retryMode: 'adaptive' } as const;

/** Makes the clients. The SDK is loaded here and not before. */
export async function connectRelease(options: ConnectReleaseOptions): Promise<ReleaseClients> {
  const [scaling, cloudwatch, logs, codedeploy, ec2, ecr, ecs, elbv2, iam, s3, ssm, sts] = await Promise.all([
    import('@aws-sdk/client-application-auto-scaling'),
    import('@aws-sdk/client-cloudwatch'),
    import('@aws-sdk/client-cloudwatch-logs'),
    import('@aws-sdk/client-codedeploy'),
    import('@aws-sdk/client-ec2'),
    import('@aws-sdk/client-ecr'),
    import('@aws-sdk/client-ecs'),
    import('@aws-sdk/client-elastic-load-balancing-v2'),
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-ssm'),
    import('@aws-sdk/client-sts'),
  ]);
  const config = { ...options, ...PATIENT };
  const once = { ...options, maxAttempts: 1 };
  return {
    ecs: new ecs.ECSClient(config),
    codedeploy: new codedeploy.CodeDeployClient(config),
    elbv2: new elbv2.ElasticLoadBalancingV2Client(config),
    cloudwatch: new cloudwatch.CloudWatchClient(config),
    autoscaling: new scaling.ApplicationAutoScalingClient(config),
    ecr: new ecr.ECRClient(config),
    s3: new s3.S3Client({ ...config, followRegionRedirects: true }),
    logs: new logs.CloudWatchLogsClient(config),
    iam: new iam.IAMClient(config),
    ssm: new ssm.SSMClient(config),
    ec2: new ec2.EC2Client(config),
    sts: new sts.STSClient(config),
    once: { ecs: new ecs.ECSClient(once), codedeploy: new codedeploy.CodeDeployClient(once) },
  };
}
