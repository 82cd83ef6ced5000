import { awsAccessFailures, clockSkew, profileIn } from './index';

const AGAIN = 'run the same command again';

/** What becomes of a message. */
function explained(text: string, profile?: string) {
  for (const { kind, pattern, explain } of awsAccessFailures) {
    const match = pattern.exec(text);
    if (match) return { kind, ...explain((number) => match[number] ?? '', profile) };
  }
  return undefined;
}

const noSession = {
  kind: 'credentials-expired',
  what: 'the AWS profile risk has no valid SSO session: it has expired, or never began',
  todo: `sign in (aws sso login --profile risk), then ${AGAIN}`,
};

describe('the reason why AWS denies a call', () => {
  it.each([
    'failed to get shared config\nprofile, rsik',
    'CredentialsProviderError: Profile rsik was not found.',
    "TokenProviderError: Profile 'rsik' could not be found in shared credentials file.",
  ])('is that the profile does not exist: %s', (text) => {
    expect(explained(text, 'risk')).toEqual({
      kind: 'credentials-missing',
      what: 'the AWS profile rsik does not exist',
      todo: 'see which there are (aws configure list-profiles), or create it: aws configure sso --profile rsik',
    });
  });

  // As the SDK for JavaScript and Terraform 1.11.4 wrote them for a profile without a session, and with one of 2020.
  it.each([
    'CredentialsProviderError: The SSO session associated with this profile is invalid. To refresh this SSO session run aws sso login with the corresponding profile.',
    'CredentialsProviderError: The SSO session associated with this profile has expired.',
    'TokenProviderError: The SSO session token associated with profile=risk was not found or is invalid.',
    'failed to refresh cached credentials, failed to read cached SSO token\nfile, open\n/home/ada/.aws/sso/cache/1.json:\nno such file',
    'failed to refresh cached credentials, the SSO session has expired or\nis invalid',
    'failed to refresh cached credentials, refresh cached SSO token failed, unable to refresh SSO token, InvalidGrantException',
  ])('is that there is no SSO session: %s', (text) => {
    expect(explained(text, 'risk')).toEqual(noSession);
    expect(explained(text)).toEqual({
      kind: 'credentials-expired',
      what: 'the AWS profile has no valid SSO session: it has expired, or never began',
      todo: `sign in (aws sso login), then ${AGAIN}`,
    });
  });

  it.each([
    [
      'Signature not yet current: 20260131T123000Z is still later than 20260131T120500Z (20260131T120000Z + 5 min.)',
      '30 minutes off (ahead of AWS)',
    ],
    [
      'Signature expired: 20260131T100000Z is now\nearlier than 20260131T114500Z (20260131T120000Z - 15 min.)',
      '120 minutes off (behind AWS)',
    ],
    ['RequestTimeTooSkewed: The difference between the request time and the current time is too large.', 'wrong'],
    ['RequestInTheFuture: no', 'wrong'],
  ])('is that the clock is wrong: %s', (text, off) => {
    expect(explained(`SignatureDoesNotMatch: ${text}`)).toEqual({
      kind: 'clock-skew',
      what: `the clock of this machine is ${off}`,
      todo: `set it (timedatectl set-ntp true), then ${AGAIN}`,
    });
  });

  it('is that credentials have expired', () => {
    const text = 'ExpiredToken: The security token included in the request is expired';
    const expired = { kind: 'credentials-expired', what: 'the AWS credentials have expired' };
    expect(explained(text)).toEqual({ ...expired, todo: `sign in again (aws sso login, or new keys), then ${AGAIN}` });
    expect(explained(text, 'risk')).toEqual({
      ...expired,
      todo: `sign in again (aws sso login --profile risk, or new keys), then ${AGAIN}`,
    });
  });

  it.each([
    'No valid credential sources found\nfailed to refresh cached credentials, no EC2 IMDS role found',
    'NoCredentialProviders: no valid providers in chain',
    'CredentialsProviderError: Could not load credentials from any providers',
  ])('is that there are no credentials: %s', (text) => {
    expect(explained(text)).toEqual({
      kind: 'credentials-missing',
      what: 'no AWS credentials were found',
      todo: `set AWS_PROFILE (aws sso login) or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then ${AGAIN}`,
    });
    expect(explained(text, 'half')).toEqual({
      kind: 'credentials-missing',
      what: 'the AWS profile half gives no credentials',
      todo: `complete it (aws configure sso --profile half) or choose another one (AWS_PROFILE), then ${AGAIN}`,
    });
  });

  it.each([
    [
      'AccessDenied: User: arn:aws:iam::1:user/ada is not authorized to perform: ec2:CreateVpc on resource: *',
      'allow ec2:CreateVpc for arn:aws:iam::1:user/ada',
    ],
    [
      'operation error EC2: CreateVpc, UnauthorizedOperation: You are not authorized to perform this operation. User: arn:x is\nnot authorized to perform: ec2:CreateVpc on resource: * with an explicit deny in a service control policy',
      'have the deny of ec2:CreateVpc removed from the service control policy of arn:x',
    ],
    [
      'operation error S3: ListObjectsV2, api error AccessDenied: Access Denied',
      'allow S3 ListObjectsV2 for the role that you use',
    ],
    ['AccessDenied: Access Denied', 'allow this action for the role that you use'],
  ])('is that an action is denied: %s', (text, todo) => {
    expect(explained(text)).toEqual({ kind: 'access-denied', todo: `${todo}, then ${AGAIN}` });
  });

  it('is that credentials are invalid, or another error', () => {
    expect(explained('InvalidClientTokenId: no')).toMatchObject({ kind: 'credentials-refused' });
    expect(explained('OperationAborted: A conflicting operation is in progress.')).toBeUndefined();
  });
});

describe('clockSkew', () => {
  it('rounds to minutes', () => {
    expect(clockSkew(7.4).what).toBe('the clock of this machine is 7 minutes off (ahead of AWS)');
  });
});

describe('profileIn', () => {
  it('is the profile that takes effect', () => {
    expect(profileIn({})).toBeUndefined();
    expect(profileIn({ AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'risk' })).toBe('risk');
    expect(profileIn({ AWS_PROFILE: 'risk', AWS_DEFAULT_PROFILE: 'other' })).toBe('risk');
    expect(profileIn({ AWS_PROFILE: 'risk', AWS_ACCESS_KEY_ID: 'mine' })).toBeUndefined();
  });
});
