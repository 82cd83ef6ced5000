import { isDeepStrictEqual } from 'node:util';
import { GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { orAbsent, type Setting } from './bucket-settings';
import type { Bucket } from './create-bucket';

interface Statement {
  readonly Sid?: string;
}

/** A statement in the policy of a bucket. Other statements are kept: a team may allow an auditor to read the bucket. */
export function policyStatement<Target extends Bucket>(
  title: string,
  statementFor: (bucket: Target) => Statement,
): Setting<Target> {
  return {
    title,
    deviation: async (bucket) => {
      const wanted = statementFor(bucket);
      const found = (await statementsOf(bucket)).find(({ Sid }) => Sid === wanted.Sid);
      if (found === undefined) return 'not in the bucket policy';
      return isDeepStrictEqual(found, wanted) ? undefined : 'altered in the bucket policy';
    },
    set: async (bucket) => {
      const wanted = statementFor(bucket);
      const others = (await statementsOf(bucket)).filter(({ Sid }) => Sid !== wanted.Sid);
      const policy = { Version: '2012-10-17', Statement: [wanted, ...others] };
      await bucket.s3.send(new PutBucketPolicyCommand({ ...bucket.request, Policy: JSON.stringify(policy) }));
    },
  };
}

/** Denies requests without TLS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
export const tlsOnly = policyStatement('TLS only', ({ partition, request: { Bucket } }) => {
  const arn = `arn:${partition}:s3:::${Bucket}`;
  return {
    Sid: 'DenyUnencryptedTransport',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
});

async function statementsOf({ s3, request }: Bucket): Promise<Statement[]> {
  const answer = await orAbsent(s3.send(new GetBucketPolicyCommand(request)), 'NoSuchBucketPolicy');
  if (answer?.Policy === undefined) return [];
  const { Statement: statements } = JSON.parse(answer.Policy) as { Statement: Statement | Statement[] };
  return [statements].flat();
}
