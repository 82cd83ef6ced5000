/** The maximum length of a name of a resource type, and its allowed characters. */
export interface NameLimit {
  readonly maxLength: number;
  readonly pattern: RegExp;
  /** The required prefix, such as `alias/`. @default - none */
  readonly prefix?: string;
}

/** `Name` tags: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const nameTag: NameLimit = { maxLength: 256, pattern: /^[a-zA-Z0-9_.:/=+@ -]+$/ };
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const iam = (maxLength: number): NameLimit => ({ maxLength, pattern: /^[\w+=,.@-]+$/ });
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const loadBalancing: NameLimit = { maxLength: 32, pattern: /^(?!internal-)(?!-)[a-zA-Z0-9-]+(?<!-)$/ };
/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateApplication.html */
const codeDeploy: NameLimit = { maxLength: 100, pattern: /^[\w+=,.@-]+$/ };

/**
 * AWS's limit by resource type (the first part of every name). Other types cannot have names.
 * Most values are from the API reference of the service, named beside the entry.
 */
export const limits = {
  vpc: nameTag,
  'internet-gateway': nameTag,
  'nat-gateway': nameTag,
  'elastic-ip': nameTag,
  subnet: nameTag,
  'route-table': nameTag,
  'vpc-endpoint': nameTag,
  'flow-log': nameTag,
  'security-group-rule': nameTag,
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html (`sg-` is reserved) */
  'security-group': { maxLength: 255, pattern: /^(?!sg-)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/ },
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
  'log-group': { maxLength: 512, pattern: /^[.\-_/#A-Za-z0-9]+$/ },
  /** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
  'kms-key': { maxLength: 256, pattern: /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/, prefix: 'alias/' },
  'iam-role': iam(64),
  'iam-policy': iam(128),
  /** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
  'ecr-repository': { maxLength: 256, pattern: /^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/ },
  /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
  'ecs-cluster': { maxLength: 255, pattern: /^[a-zA-Z0-9_-]+$/ },
  'ecs-service': { maxLength: 255, pattern: /^[a-zA-Z0-9_-]+$/ },
  'ecs-task': { maxLength: 255, pattern: /^[a-zA-Z0-9_-]+$/ },
  alb: loadBalancing,
  tg: loadBalancing,
  listener: nameTag,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (the endings are reserved) */
  s3: {
    maxLength: 63,
    pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]+[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3)$/,
  },
  /** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html */
  'scaling-policy': { maxLength: 256, pattern: /^[\x20-\x7e]+$/ },
  'scaling-target': nameTag,
  /** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html */
  'scheduled-action': { maxLength: 256, pattern: /^[^|:/]+$/ },
  'codedeploy-app': codeDeploy,
  'codedeploy-group': codeDeploy,
  'codedeploy-config': codeDeploy,
  /** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  'sns-topic': { maxLength: 256, pattern: /^[\w-]+$/ },
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
  alarm: { maxLength: 255, pattern: /^[\x20-\x7e]+$/ },
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
  dashboard: { maxLength: 255, pattern: /^[\w-]+$/ },
  /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
  'event-rule': { maxLength: 64, pattern: /^[.\-_A-Za-z0-9]+$/ },
} as const satisfies Record<string, NameLimit>;

export type ResourceType = keyof typeof limits;
