import { UserError } from '@nightshift/errors';
import { sdkError } from '../testing/fake-service';
import { AwsError, awsError, type AwsFailure } from './aws-error';

const withCode = (code: string, message: string) => Object.assign(new Error(message), { code });
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

const AGAIN = 'run the same command again';
const known: readonly (readonly [AwsFailure, Error, string])[] = [
  [
    'credentials-missing',
    named('CredentialsProviderError', 'Could not load credentials from any providers'),
    `no AWS credentials were found, got Could not load credentials from any providers - set AWS_PROFILE (aws sso login) or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then ${AGAIN}`,
  ],
  [
    'credentials-expired',
    sdkError('ExpiredToken', 'The security token included in the request is expired', 403),
    `the AWS credentials have expired, got The security token included in the request is expired - sign in again (aws sso login, or new keys), then ${AGAIN}`,
  ],
  [
    'credentials-expired',
    named('CredentialsProviderError', "Token is expired. To refresh this SSO session run 'aws sso login'."),
    `the AWS credentials have expired, got Token is expired. To refresh this SSO session run 'aws sso login' - sign in again (aws sso login, or new keys), then ${AGAIN}`,
  ],
  [
    'credentials-refused',
    sdkError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
    `AWS does not accept the credentials, got InvalidClientTokenId: The security token included in the request is invalid - check which ones are in use (aws sts get-caller-identity), sign in, then ${AGAIN}`,
  ],
  [
    'unreachable',
    withCode('ENOTFOUND', 'getaddrinfo ENOTFOUND sts.us-east-1.amazonaws.com'),
    `AWS cannot be reached, got getaddrinfo ENOTFOUND sts.us-east-1.amazonaws.com - check network, proxy and AWS_ENDPOINT_URL, then ${AGAIN}`,
  ],
  [
    'unreachable',
    named('TimeoutError', 'Socket timed out'),
    `AWS cannot be reached, got Socket timed out - check network, proxy and AWS_ENDPOINT_URL, then ${AGAIN}`,
  ],
  [
    'unreachable',
    withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:45660'),
    `the local cloud does not answer, got connect ECONNREFUSED 127.0.0.1:45660 - start it: npx nightshift local up, then ${AGAIN}`,
  ],
  [
    'access-denied',
    sdkError('AccessDenied', 'User: arn:x is not authorized to perform: s3:PutBucketPolicy on resource: "b"', 403),
    `AWS does not allow it, got AccessDenied: User: arn:x is not authorized to perform: s3:PutBucketPolicy on resource: "b" - have s3:PutBucketPolicy allowed to the role that you run as, then ${AGAIN}`,
  ],
  [
    'access-denied',
    sdkError('AccessDeniedException', 'no', 400),
    `AWS does not allow it, got AccessDeniedException: no - have this action allowed to the role that you run as, then ${AGAIN}`,
  ],
  [
    'other',
    sdkError('Unknown', 'UnknownError', 500),
    `AWS refused the call, got HTTP 500 - correct the cause, then ${AGAIN}; what is done stays done`,
  ],
  [
    'other',
    sdkError('OperationAborted', 'A conflicting operation\n is in progress.', 409),
    `AWS refused the call, got OperationAborted: A conflicting operation is in progress - correct the cause, then ${AGAIN}; what is done stays done`,
  ],
];

describe('awsError', () => {
  it.each(known)('explains %s: %s', (failure, error, message) => {
    expect(awsError(error, 'dev')).toBeInstanceOf(AwsError);
    expect(awsError(error, 'dev')).toMatchObject({ name: 'UserError', failure, message: `dev: ${message}` });
  });

  it('leaves alone what is explained already, and what is a defect', () => {
    const explained = new UserError({ where: 'a', what: 'b', todo: 'c' });
    const defect = new TypeError('x is not a function');
    for (const error of [explained, defect, 'text']) expect(awsError(error, 'dev')).toBe(error);
  });
});
