import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { ReleaseTarget } from './target';

/** The time of the engine. */
export interface Clock {
  readonly now: () => Date;
  /** Ends early, without an error, when the signal fires. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** The context of the engine. */
export interface ReleaseContext {
  readonly target: ReleaseTarget;
  readonly clients: ReleaseClients;
  readonly clock: Clock;
  /** Time scale: seconds of AWS per real second. 1 on AWS, more in the local cloud. */
  readonly timeScale: number;
  /** A random identifier. */
  readonly newId: () => string;
  readonly testListener: TestListener;
}

/** Tasks in the local cloud are processes, which do not start faster with a higher time scale. */
const LEAST_MILLISECONDS = 250;

/** Waits for some seconds of AWS time, but at least a quarter of a real second. */
export async function awsPause(
  { clock, timeScale }: Pick<ReleaseContext, 'clock' | 'timeScale'>,
  seconds: number,
  signal?: AbortSignal,
): Promise<void> {
  await clock.sleep(Math.max((seconds * 1000) / timeScale, LEAST_MILLISECONDS), signal);
}

/** The test listener, through which a release tests the new version before traffic moves. */
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

/** The reason why there is no response. */
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
  /** Clients without retries: after a lost response, a deployment or a revision must not be created twice. */
  readonly once: { readonly ecs: ECSClient; readonly codedeploy: CodeDeployClient };
}

/** The configuration of the clients of all AWS services, such as region, endpoint and credentials. */
export interface ConnectReleaseOptions {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler?: { readonly connectionTimeout?: number; readonly requestTimeout?: number };
}

/**
 * Several watches of an hour can run in one account, so throttled calls are retried for a long time.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const PATIENT = { maxAttempts: 10, retryMode: 'adaptive' } as const;

/** Creates each client on first use: most commands use few, and the bundle of the command loads their SDKs only then. */
export function connectRelease(options: ConnectReleaseOptions): ReleaseClients {
  const config = { ...options, ...PATIENT };
  const once = { ...options, maxAttempts: 1 };
  return onDemand<ReleaseClients>({
    ecs: () => new ECSClient(config),
    codedeploy: () => new CodeDeployClient(config),
    elbv2: () => new ElasticLoadBalancingV2Client(config),
    cloudwatch: () => new CloudWatchClient(config),
    autoscaling: () => new ApplicationAutoScalingClient(config),
    ecr: () => new ECRClient(config),
    s3: () => new S3Client({ ...config, followRegionRedirects: true }),
    logs: () => new CloudWatchLogsClient(config),
    iam: () => new IAMClient(config),
    servicequotas: () => new ServiceQuotasClient(config),
    ssm: () => new SSMClient(config),
    ec2: () => new EC2Client(config),
    sts: () => new STSClient(config),
    once: () => onDemand({ ecs: () => new ECSClient(once), codedeploy: () => new CodeDeployClient(once) }),
  });
}

function onDemand<T extends object>(makers: { readonly [Name in keyof T]: () => T[Name] }): T {
  const clients = {};
  for (const [name, make] of Object.entries<() => unknown>(makers)) {
    let client: unknown;
    Object.defineProperty(clients, name, { enumerable: true, get: () => (client ??= make()) });
  }
  return clients as T;
}
