import type { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ECRClient } from '@aws-sdk/client-ecr';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import type { ReleaseTarget } from './target';

/** Time as the engine sees it. */
export interface Clock {
  readonly now: () => Date;
  /** Ends early, without an error, when the signal fires. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** All that the engine works with. */
export interface ReleaseContext {
  readonly target: ReleaseTarget;
  readonly clients: ReleaseClients;
  readonly clock: Clock;
  /** How many of AWS's seconds pass in one: 1 on AWS, more in the local cloud. */
  readonly timeScale: number;
  /** A random identifier. */
  readonly newId: () => string;
  readonly testListener: TestListener;
}

/** The way to the test listener, where a release tries the new version before traffic moves. */
export interface TestListener {
  /** Its address on this machine, if it is in the local cloud. @default - the address of the load balancer */
  readonly localUrl: () => Promise<string | undefined>;
  readonly send: (request: TestRequest) => Promise<TestAnswer | Unanswered>;
}

export interface TestRequest {
  readonly method: string;
  readonly url: string;
  /** JSON. */
  readonly body: string | undefined;
  readonly timeoutSeconds: number;
}

/** Why nothing answers. */
export interface Unanswered {
  readonly problem: string;
}

export interface TestAnswer {
  readonly status: number;
  readonly body: string;
}

/** The AWS services that a release needs. */
export interface ReleaseClients {
  readonly ecs: ECSClient;
  readonly codedeploy: CodeDeployClient;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly cloudwatch: CloudWatchClient;
  readonly autoscaling: ApplicationAutoScalingClient;
  readonly ecr: ECRClient;
  readonly s3: S3Client;
  readonly logs: CloudWatchLogsClient;
  readonly iam: IAMClient;
  readonly servicequotas: ServiceQuotasClient;
  readonly ssm: SSMClient;
  readonly ec2: EC2Client;
  readonly sts: STSClient;
  /** Never repeat a call by themselves: a deployment or a revision that was made although its answer got lost must not be made twice. */
  readonly once: { readonly ecs: ECSClient; readonly codedeploy: CodeDeployClient };
}

/** What the clients of all AWS services are made with, such as region, endpoint and credentials. */
export interface ConnectReleaseOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler?: { readonly connectionTimeout?: number; readonly requestTimeout?: number };
}

/**
 * A watch takes an hour or more, often several at once in one account: it retries throttled calls instead of giving up.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const PATIENT = { maxAttempts: 10, retryMode: 'adaptive' } as const;

/** Makes the clients. The SDK is loaded here and not before. */
export async function connectRelease(options: ConnectReleaseOptions): Promise<ReleaseClients> {
  const [scaling, cloudwatch, logs, codedeploy, ec2, ecr, ecs, elbv2, iam, s3, quotas, ssm, sts] = await Promise.all([
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
    import('@aws-sdk/client-service-quotas'),
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
    servicequotas: new quotas.ServiceQuotasClient(config),
    ssm: new ssm.SSMClient(config),
    ec2: new ec2.EC2Client(config),
    sts: new sts.STSClient(config),
    once: { ecs: new ecs.ECSClient(once), codedeploy: new codedeploy.CodeDeployClient(once) },
  };
}
