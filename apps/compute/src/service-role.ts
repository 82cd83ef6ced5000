import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { PlatformStack, policyDocument, type Statement } from '@nightshift/stack';
import { Construct } from 'constructs';

export interface ServiceRoleProps {
  /** Its part of the names: `iam-role-{qualifier}-{suffix}` and `iam-policy-{qualifier}-{suffix}`. */
  readonly qualifier: string;
  readonly description: string;
  readonly trust: Statement;
  readonly statements: readonly Statement[];
}

/** A role that one AWS service takes, with all that it may do in one inline policy: role and policy come and go together. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** Who uses the role depends on it: a role without its policy can do nothing. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { qualifier, description, trust, statements }: ServiceRoleProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    const role = new IamRole(this, 'Resource', {
      name: names.of('iam-role', qualifier),
      description,
      assumeRolePolicy: policyDocument([trust]),
    });
    this.policy = new IamRolePolicy(this, 'Policy', {
      name: names.of('iam-policy', qualifier),
      role: role.name,
      policy: policyDocument(statements),
    });
    this.arn = role.arn;
  }
}
