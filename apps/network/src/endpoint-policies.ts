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
 * The policy of an interface endpoint, for principals of this account only (R11.3): the actions of the platform's roles, and the actions of
 * the application in the environment file. A service without actions in the environment file is open to all principals of this account,
 * since permissions can then come from resource policies.
 *
 * Rules of AWS: the principal is `*`, limited by a condition; no wildcards in account ids; at most 20 480 characters.
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
 * The policy of the gateway endpoint for S3 (R11.2, R11.3): image layers, and the buckets of the application. Tasks download layers from a
 * bucket of AWS by presigned URLs of ECR, so a condition on the principal would deny them.
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
    // The action has no resource-level permissions.
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
    // Fargate itself does not call it from the VPC. A task can read its metadata and enable scale-in protection.
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
      // The action has no resource-level permissions.
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
    // The agent in the task only decrypts the session's data key, which is created outside of this VPC.
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

/** The actions of one service in the task role's statements; their conditions apply in the role. */
function applicationStatements(prefix: string, { task }: Settings, place: Place): Statement[] {
  return task.statements.flatMap(({ sid, actions, resources }) => {
    const own = actions.filter((action) => action.startsWith(`${prefix}:`));
    if (own.length === 0) return [];
    const grant = { sid: `Application${sid}`, actions: own, resources: ofService(prefix, resources).map(literal) };
    return [ofAccount(grant, place)];
  });
}

/** The resources of one service in a statement for several services. No S3 action supports the ARN of a queue. */
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
