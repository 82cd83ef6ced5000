import type { Statement } from './statement';

export interface ServiceTrustProps {
  /** Such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** Only on behalf of this account. @default - no condition, for services that send none */
  readonly sourceAccount?: string;
  /** Only on behalf of resources whose ARN is like this; `*` is a wildcard. @default - any resource of the account */
  readonly sourceArn?: string;
}

/**
 * Lets one AWS service take a role, for this account only: no other customer of the service can make it use our role (R9.3).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrust({ service, sourceAccount, sourceArn }: ServiceTrustProps): Statement {
  const condition = {
    ...(sourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': sourceAccount } }),
    ...(sourceArn !== undefined && { ArnLike: { 'aws:SourceArn': sourceArn } }),
  };
  return {
    Sid: 'ServiceMayAssume',
    Effect: 'Allow',
    Principal: { Service: service },
    Action: ['sts:AssumeRole'],
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}
