import type { Model, Resource, Target } from '../model/model';
import { isUnknown } from '../model/value';

/** An expression of Terraform, `${aws_kms_key.Key.arn}`, or a variable of IAM, which is escaped: `$${aws:username}`. */
export const TOKEN = /\$?\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/**
 * An example ARN for each Terraform type, by the forms in `service-authorization.json`; NAME is the name of the resource. A reference to
 * another type can be any ARN.
 */
const ARNS: Readonly<Record<string, string>> = {
  aws_appautoscaling_policy: 'arn:x:autoscaling:x:x:scalingPolicy:x',
  aws_cloudwatch_log_group: 'arn:x:logs:x:x:log-group:NAME',
  aws_cloudwatch_metric_alarm: 'arn:x:cloudwatch:x:x:alarm:NAME',
  aws_codedeploy_app: 'arn:x:codedeploy:x:x:application:NAME',
  aws_codedeploy_deployment_group: 'arn:x:codedeploy:x:x:deploymentgroup:x/x',
  aws_dynamodb_table: 'arn:x:dynamodb:x:x:table/NAME',
  aws_ecr_repository: 'arn:x:ecr:x:x:repository/NAME',
  aws_ecs_cluster: 'arn:x:ecs:x:x:cluster/NAME',
  aws_ecs_service: 'arn:x:ecs:x:x:service/x/x',
  aws_ecs_task_definition: 'arn:x:ecs:x:x:task-definition/x:x',
  aws_iam_role: 'arn:x:iam::x:role/NAME',
  aws_kms_key: 'arn:x:kms:x:x:key/x',
  aws_lambda_function: 'arn:x:lambda:x:x:function:NAME',
  aws_lb: 'arn:x:elasticloadbalancing:x:x:loadbalancer/app/x/x',
  aws_lb_listener: 'arn:x:elasticloadbalancing:x:x:listener/app/x/x/x',
  aws_lb_target_group: 'arn:x:elasticloadbalancing:x:x:targetgroup/x/x',
  aws_s3_bucket: 'arn:x:s3:::NAME',
  aws_secretsmanager_secret: 'arn:x:secretsmanager:x:x:secret:x',
  aws_sns_topic: 'arn:x:sns:x:x:NAME',
  aws_sqs_queue: 'arn:x:sqs:x:x:NAME',
  aws_ssm_parameter: 'arn:x:ssm:x:x:parameter/NAME',
};

/**
 * The pattern of a Resource element after apply: an ARN form for a reference to an ARN, and `*` for other tokens. In a plan, values known
 * after apply lack the text around their references, so any text may follow.
 */
export function arnPattern(text: string, stack: string, model: Model): string {
  const pattern = text.replace(TOKEN, (token) => exampleArn(model.targets(token, stack)[0], model) ?? '*');
  return pattern !== text && model.source === 'plan' ? `${pattern}*` : pattern;
}

/**
 * An example ARN for a reference, with the name of the resource if it is known. The id of an ECS service is an ARN, and `arn_suffix` of a
 * load balancer is the end of an ARN.
 */
export function exampleArn(target: Target | undefined, model: Model): string | undefined {
  if (!target) return undefined;
  const { attribute, resource } = target;
  const arn = arnOf(resource, model);
  if (attribute === 'arn_suffix') return arn?.replace(/^.*:(?:loadbalancer\/)?/, '');
  const holdsArn = attribute === 'arn' || (attribute === 'id' && resource.type === 'aws_ecs_service');
  return holdsArn ? arn : undefined;
}

/** Whether an ARN names a resource: by reference, or built from the name, as `arn:aws:ecr:us-east-1:123456789012:repository/jobs`. */
export function namesResource(arn: string, stack: string, resource: Resource, model: Model): boolean {
  if (model.meant(resource.type, arn, stack, 'arn') === resource) return true;
  const own = arnOf(resource, model);
  if (own === undefined || nameOf(resource, model) === undefined) return false;
  const [parts, others] = [arn, own].map((text) => text.split(':'));
  return parts?.[2] === others?.[2] && parts?.slice(5).join(':') === others?.slice(5).join(':');
}

function arnOf(resource: Resource, model: Model): string | undefined {
  return ARNS[resource.type]?.replace('NAME', () => nameOf(resource, model) ?? 'x');
}

/** @returns undefined where it is not known */
function nameOf({ attributes, stack }: Resource, model: Model): string | undefined {
  const name = ['name', 'bucket', 'function_name', 'alarm_name']
    .map((one) => model.literal(attributes[one], stack))
    .find(Boolean);
  return typeof name === 'string' && !isUnknown(name) ? name.replace(/^\//, '') : undefined;
}
