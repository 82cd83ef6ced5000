import { isDeepStrictEqual } from 'node:util';
import { GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { orAbsent } from './or-absent';
import type { Setting } from './setting';
import type { StateBucket } from './state-bucket';

interface Statement {
  readonly Sid?: string;
}

const SID = 'DenyUnencryptedTransport';

/**
 * No request without TLS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 * Statements of others are left alone: a team may let an auditor read the bucket.
 */
export const tlsOnlyPolicy: Setting<StateBucket> = {
  title: 'TLS only',
  deviation: async (bucket) => {
    const statements = await statementsOf(bucket);
    const found = statements.find(({ Sid }) => Sid === SID);
    if (found === undefined) return 'not demanded';
    return isDeepStrictEqual(found, denial(bucket)) ? undefined : 'demanded by a statement that was altered';
  },
  set: async (bucket) => {
    const others = (await statementsOf(bucket)).filter(({ Sid }) => Sid !== SID);
    const policy = { Version: '2012-10-17', Statement: [...others, denial(bucket)] };
    await bucket.s3.send(new PutBucketPolicyCommand({ ...bucket.request, Policy: JSON.stringify(policy) }));
  },
};

async function statementsOf({ s3, request }: StateBucket): Promise<Statement[]> {
  const answer = await orAbsent(s3.send(new GetBucketPolicyCommand(request)), 'NoSuchBucketPolicy');
  if (answer?.Policy === undefined) return [];
  const { Statement: statements } = JSON.parse(answer.Policy) as { Statement: Statement | Statement[] };
  return [statements].flat();
}

function denial({ partition, request: { Bucket } }: StateBucket) {
  const arn = `arn:${partition}:s3:::${Bucket}`;
  return {
    Sid: SID,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
