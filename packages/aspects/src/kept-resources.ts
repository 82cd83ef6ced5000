/** Attributes that keep a resource when Terraform destroys it, or make AWS refuse. */
export const keeping = [
  'deletionProtection',
  'deletionProtectionEnabled',
  'enableDeletionProtection',
  'skipDestroy',
  'retainOnDelete',
] as const;

/**
 * Resources that AWS does not delete while there is something in them, or deletes late, and the attribute that says otherwise:
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
export const releasing: Readonly<Record<string, { readonly attribute: string; readonly otherwise: string }>> = {
  aws_athena_workgroup: { attribute: 'forceDestroy', otherwise: 'AWS does not delete a workgroup with queries' },
  aws_autoscaling_group: { attribute: 'forceDelete', otherwise: 'AWS does not delete a group with instances' },
  aws_backup_vault: { attribute: 'forceDestroy', otherwise: 'AWS does not delete a vault with recovery points' },
  aws_ecr_repository: { attribute: 'forceDelete', otherwise: 'AWS does not delete a repository with images' },
  aws_ecs_service: { attribute: 'forceDelete', otherwise: 'AWS does not delete a service with running tasks' },
  aws_iam_user: { attribute: 'forceDestroy', otherwise: 'AWS does not delete a user with access keys' },
  aws_kms_key: { attribute: 'deletionWindowInDays', otherwise: 'AWS keeps the key for 30 days' },
  aws_route53_zone: { attribute: 'forceDestroy', otherwise: 'AWS does not delete a zone with records' },
  aws_s3_bucket: { attribute: 'forceDestroy', otherwise: 'AWS does not delete a bucket with objects' },
};
