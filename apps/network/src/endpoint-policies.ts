import type { Environment } from '@nightshift/config';
import { literal, type Place, type Statement } from '@nightshift/stack';
import { iamPrefixes, type EndpointService } from './endpoint-services';

type Settings = Pick<Environment, 'container' | 'task'>;

/** Actions that the platform itself calls through an endpoint, on resources of this account and region. */
interface Grant {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * What may pass through an interface endpoint, for principals of this account only (R11.3): what the platform's own roles need, and
 * what the environment file lets the application do. A service that the environment file asks for without naming actions of it is
 * open to this account's principals, as then only policies of the resources themselves can grant anything.
 *
 * The rules of the grammar: a principal is always `*` and narrowed by a condition; no wildcards in account ids; 20 480 characters.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointStatements(service: EndpointService, settings: Settings, place: Place): Statement[] {
  const prefix = iamPrefixes[service];
  const known = [
    ...platformGrants(service, settings, place).map((grant) => ofAccount(grant, place)),
    ...applicationStatements(prefix, settings, place),
  ];
  if (known.length > 0) return known;
  return [ofAccount({ sid: 'ServiceOfAccount', actions: [`${prefix}:*`], resources: ['*'] }, place)];
}

/**
 * What may pass through the gateway endpoint of S3 (R11.2, R11.3): image layers, and the application's own buckets. Layers come
 * from a bucket of AWS by links that ECR signs, so no condition on the principal would hold.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-setting-up-s3-gateway
 */
export function gatewayStatements(settings: Settings, place: Place): Statement[] {
  return [
    {
      Sid: 'PullImageLayers',
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:GetObject'],
      Resource: [`arn:${place.partition}:s3:::prod-${place.region}-starport-layer-bucket/*`],
    },
    ...applicationStatements('s3', settings, place),
  ];
}

function platformGrants(service: EndpointService, { container }: Settings, place: Place): Grant[] {
  const arn = (iamService: string, resource: string) =>
    `arn:${place.partition}:${iamService}:${place.region}:${place.account}:${resource}`;
  // Both endpoints of ECR: the one for the Docker protocol checks the same actions.
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-vpc-endpoint-policy
  const pull: Grant[] = [
    // AWS offers no resource for it.
    { sid: 'LogInToRegistry', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    {
      sid: 'PullImages',
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [arn('ecr', 'repository/*')],
    },
  ];
  const grants: Partial<Record<EndpointService, Grant[]>> = {
    'ecr.api': pull,
    'ecr.dkr': pull,
    // Fargate itself does not call it from the VPC; this is what a task may want to do about itself: ask, and hold off scale-in.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html
    ecs: [
      {
        sid: 'TaskAboutItself',
        actions: ['ecs:DescribeTasks', 'ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
        resources: [arn('ecs', 'task/*')],
      },
    ],
    // The agent and its telemetry, with their own names for AWS's side of a task. Only Service Connect and the regions since 2024
    // make use of these two. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
    'ecs-agent': [{ sid: 'Agent', actions: ['ecs:Poll'], resources: ['*'] }],
    'ecs-telemetry': [{ sid: 'Telemetry', actions: ['ecs:StartTelemetrySession'], resources: ['*'] }],
    // The log driver, and the agent of ECS Exec. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
    logs: [
      {
        sid: 'WriteLogs',
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [arn('logs', 'log-group:*')],
      },
      // AWS offers no resource for it.
      { sid: 'FindLogGroups', actions: ['logs:DescribeLogGroups'], resources: ['*'] },
    ],
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsessionmanagermessagegatewayservice.html
    ssmmessages: [
      {
        sid: 'ExecChannels',
        actions: [
          'ssmmessages:CreateControlChannel',
          'ssmmessages:CreateDataChannel',
          'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel',
        ],
        resources: ['*'],
      },
    ],
    // The agent in the task only decrypts the session's data key; whoever opens the session makes it, outside of this VPC.
    // https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/session/crypto/blockcipher.go
    kms: [{ sid: 'DecryptSessions', actions: ['kms:Decrypt'], resources: [arn('kms', 'key/*')] }],
    ssm: parameterGrants(container.secrets, arn),
  };
  return grants[service] ?? [];
}

function parameterGrants(
  secrets: Settings['container']['secrets'],
  arn: (iamService: string, resource: string) => string,
): Grant[] {
  const paths = [...new Set(Object.values(secrets))];
  if (paths.length === 0) return [];
  const resources = paths.map((path) => arn('ssm', `parameter${path}`));
  return [{ sid: 'ReadSecrets', actions: ['ssm:GetParameters'], resources }];
}

/** The part of the task role's statements that is about one service; their conditions stay with the role. */
function applicationStatements(prefix: string, { task }: Settings, place: Place): Statement[] {
  return task.statements.flatMap(({ sid, actions, resources }) => {
    const own = actions.filter((action) => action.startsWith(`${prefix}:`));
    if (own.length === 0) return [];
    const grant = { sid: `Application${sid}`, actions: own, resources: ofService(prefix, resources).map(literal) };
    return [ofAccount(grant, place)];
  });
}

/** A statement may be about several services: of its resources, those of one. No action of S3 takes the ARN of a queue. */
function ofService(prefix: string, resources: readonly string[]): readonly string[] {
  const own = resources.filter((resource) => resource === '*' || resource.split(':')[2] === prefix);
  return own.length > 0 ? own : resources;
}

function ofAccount({ sid, actions, resources }: Grant, { account }: Place): Statement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: '*',
    Action: actions,
    Resource: resources,
    Condition: { StringEquals: { 'aws:PrincipalAccount': account } },
  };
}
