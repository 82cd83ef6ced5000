import type { Model, Target } from '../model/model';

/** An expression of Terraform, `${aws_kms_key.Key.arn}`, or a variable of IAM, which is escaped: `$${aws:username}`. */
export const TOKEN = /\$?\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/**
 * Terraform's type to an ARN that AWS could give a resource of it, by the forms in `service-authorization.json`. A reference to an ARN
 * of another type can be anything.
 */
const ARNS: Readonly<Record<string, string>> = {
  aws_appautoscaling_policy: 'arn:x:autoscaling:x:x:scalingPolicy:x',
  aws_cloudwatch_log_group: 'arn:x:logs:x:x:log-group:x',
  aws_cloudwatch_metric_alarm: 'arn:x:cloudwatch:x:x:alarm:x',
  aws_codedeploy_app: 'arn:x:codedeploy:x:x:application:x',
  aws_codedeploy_deployment_group: 'arn:x:codedeploy:x:x:deploymentgroup:x/x',
  aws_dynamodb_table: 'arn:x:dynamodb:x:x:table/x',
  aws_ecr_repository: 'arn:x:ecr:x:x:repository/x',
  aws_ecs_cluster: 'arn:x:ecs:x:x:cluster/x',
  aws_ecs_service: 'arn:x:ecs:x:x:service/x/x',
  aws_ecs_task_definition: 'arn:x:ecs:x:x:task-definition/x:x',
  aws_iam_role: 'arn:x:iam::x:role/x',
  aws_kms_key: 'arn:x:kms:x:x:key/x',
  aws_lambda_function: 'arn:x:lambda:x:x:function:x',
  aws_lb: 'arn:x:elasticloadbalancing:x:x:loadbalancer/app/x/x',
  aws_lb_listener: 'arn:x:elasticloadbalancing:x:x:listener/app/x/x/x',
  aws_lb_target_group: 'arn:x:elasticloadbalancing:x:x:targetgroup/x/x',
  aws_s3_bucket: 'arn:x:s3:::x',
  aws_secretsmanager_secret: 'arn:x:secretsmanager:x:x:secret:x',
  aws_sns_topic: 'arn:x:sns:x:x:x',
  aws_sqs_queue: 'arn:x:sqs:x:x:x',
  aws_ssm_parameter: 'arn:x:ssm:x:x:parameter/x',
};

/**
 * What a resource in a policy can be once it is applied: with the form of the ARN for a reference to one, and `*` for other tokens.
 * In a plan, what is only known after apply has lost the text around its references, so anything may follow.
 */
export function arnPattern(text: string, stack: string, model: Model): string {
  const pattern = text.replace(TOKEN, (token) => exampleArn(model.targets(token, stack)[0]) ?? '*');
  return pattern !== text && model.source === 'plan' ? `${pattern}*` : pattern;
}

/** An ARN that what is referred to could have, if it is an ARN that is referred to. The id of an ECS service is one. */
export function exampleArn(target: Target | undefined): string | undefined {
  if (!target) return undefined;
  const { attribute, resource } = target;
  const holdsArn = attribute === 'arn' || (attribute === 'id' && resource.type === 'aws_ecs_service');
  return holdsArn ? ARNS[resource.type] : undefined;
}
