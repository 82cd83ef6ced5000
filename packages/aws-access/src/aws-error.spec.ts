import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { STSClient } from '@aws-sdk/client-sts';
import { UserError } from '@nightshift/errors';
import { sdkError } from '@nightshift/testing/aws';
import { callerOf } from './aws-clients';
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
    `the AWS profile has no valid SSO session: it has expired, or never began, got Token is expired. To refresh this SSO session run 'aws sso login' - sign in (aws sso login), then ${AGAIN}`,
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
    `the local cloud does not answer, got connect ECONNREFUSED 127.0.0.1:45660 - start it and deploy: npm start, then ${AGAIN}`,
  ],
  [
    'access-denied',
    sdkError('AccessDenied', 'User: arn:x is not authorized to perform: s3:PutBucketPolicy on resource: "b"', 403),
    `AWS does not allow it, got AccessDenied: User: arn:x is not authorized to perform: s3:PutBucketPolicy on resource: "b" - allow s3:PutBucketPolicy for arn:x, then ${AGAIN}`,
  ],
  [
    'access-denied',
    sdkError('AccessDeniedException', 'no', 400),
    `AWS does not allow it, got AccessDeniedException: no - allow this action for the role that you use, then ${AGAIN}`,
  ],
  [
    'access-denied',
    sdkError('Forbidden', 'UnknownError', 403),
    `AWS does not allow it, got Forbidden: UnknownError - allow this action for the role that you use, then ${AGAIN}`,
  ],
  [
    'clock-skew',
    sdkError('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403),
    `the clock of this machine is wrong, got RequestTimeTooSkewed: The difference between the request time and the current time is too large - set it (timedatectl set-ntp true), then ${AGAIN}`,
  ],
  [
    'contradictory-settings',
    named('EndpointError', 'A custom endpoint cannot be combined with FIPS'),
    'the AWS settings contradict each other, got A custom endpoint cannot be combined with FIPS - remove one of them; npx nightshift doctor shows the effective settings',
  ],
  [
    'other',
    sdkError('Unknown', 'UnknownError', 500),
    `AWS refused the call, got HTTP 500 - fix the cause, then ${AGAIN}; finished changes are kept`,
  ],
  [
    'other',
    sdkError('OperationAborted', 'A conflicting operation\n is in progress.', 409),
    `AWS refused the call, got OperationAborted: A conflicting operation is in progress - fix the cause, then ${AGAIN}; finished changes are kept`,
  ],
];

describe('awsError', () => {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  });

  it.each(known)('explains %s: %s', (failure, error, message) => {
    expect(awsError(error, 'dev')).toBeInstanceOf(AwsError);
    expect(awsError(error, 'dev')).toMatchObject({ name: 'UserError', failure, message: `dev: ${message}` });
  });

  it.each([
    ['SignatureDoesNotMatch', 'Signature expired', 120, '120 minutes off (ahead of AWS)'],
    ['RequestExpired', 'Request has expired', -61, '61 minutes off (behind AWS)'],
  ])('reports the error of the clock, by the time of the response: %s', (name, message, minutes, off) => {
    const answered = new Date('2026-01-31T12:00:00Z');
    const $response = { headers: { date: answered.toUTCString() } };
    const error = Object.assign(sdkError(name, message, 403), { $response });
    expect(awsError(error, 'dev', answered.getTime() + minutes * 60_000)).toMatchObject({
      failure: 'clock-skew',
      message: `dev: the clock of this machine is ${off}, got ${name}: ${message} - set it (timedatectl set-ntp true), then ${AGAIN}`,
    });
    expect(awsError(error, 'dev', answered.getTime())).toMatchObject({
      failure: expect.not.stringContaining('clock') as unknown,
    });
  });

  it("finds the time of the response in the SDK's error", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(403, { date: new Date(Date.now() - 7_200_000).toUTCString(), 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error></ErrorResponse>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sts = new STSClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    });
    const thrown: unknown = await callerOf(sts).catch((error: unknown) => error);
    server.close();
    expect(awsError(thrown, 'dev')).toMatchObject({
      message: `dev: the clock of this machine is 120 minutes off (ahead of AWS), got SignatureDoesNotMatch: no - set it (timedatectl set-ntp true), then ${AGAIN}`,
    });
  });

  it('names the profile of the credentials', () => {
    process.env['AWS_PROFILE'] = 'risk';
    const error = named('CredentialsProviderError', 'The SSO session associated with this profile is invalid.');
    expect(awsError(error, 'dev')).toMatchObject({
      message: `dev: the AWS profile risk has no valid SSO session: it has expired, or never began, got The SSO session associated with this profile is invalid - sign in (aws sso login --profile risk), then ${AGAIN}`,
    });
  });

  it('does not change an explained error or a defect', () => {
    const explained = new UserError({ where: 'a', what: 'b', todo: 'c' });
    const defect = new TypeError('x is not a function');
    const denied = new Error('AccessDenied by the file system');
    for (const error of [explained, defect, denied, 'text']) expect(awsError(error, 'dev')).toBe(error);
  });
});
