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

/** A role for one AWS service, with all permissions in one inline policy, which is created and destroyed with the role. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** The policy, as a dependency for users of the role. */
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
