/** A condition that AWS's own policies demand although its reference does not list the key with the action. */
export interface DocumentedCondition {
  readonly action: string;
  readonly key: string;
  /** Where AWS writes it so. */
  readonly source: string;
}

export const documentedConditions: readonly DocumentedCondition[] = [
  {
    // CloudWatch Logs is content without the answer; the statement is AWS's, word for word.
    action: 'kms:Describe*',
    key: 'kms:EncryptionContext:aws:logs:arn',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html#cmk-permissions',
  },
];
