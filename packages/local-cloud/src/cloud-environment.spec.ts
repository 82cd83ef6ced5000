import { cloudVariables, withCloudVariables } from './cloud-environment';

const URL = 'http://127.0.0.1:45660';

describe('cloudVariables', () => {
  it('leads an AWS client to the local cloud with credentials that open nothing else', () => {
    expect(cloudVariables(URL)).toEqual({
      AWS_ENDPOINT_URL: URL,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  });

  it('names the region where one is given', () => {
    expect(cloudVariables(URL, 'eu-central-1')).toMatchObject({
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
    });
  });
});

describe('withCloudVariables', () => {
  it('keeps what has nothing to do with AWS, and the region', () => {
    expect(withCloudVariables({ PATH: '/bin', AWS_REGION: 'us-east-1', EMPTY: undefined }, { A: 'b' })).toEqual({
      PATH: '/bin',
      AWS_REGION: 'us-east-1',
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
      A: 'b',
    });
  });

  it.each([
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_SESSION_TOKEN',
    'AWS_SECURITY_TOKEN',
    'AWS_ROLE_ARN',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_ENDPOINT_URL_S3',
    'AWS_S3_ENDPOINT',
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'AWS_USE_FIPS_ENDPOINT',
    'AWS_USE_DUALSTACK_ENDPOINT',
  ])('takes out %s, which would lead a client elsewhere', (name) => {
    expect(withCloudVariables({ [name]: 'x' }, {})).not.toHaveProperty(name);
  });

  it('replaces the credentials and the endpoint of the caller', () => {
    const variables = cloudVariables(URL);
    expect(
      withCloudVariables({ AWS_ACCESS_KEY_ID: 'real', AWS_ENDPOINT_URL: 'https://real' }, variables),
    ).toMatchObject(variables);
  });

  it('adds itself to the addresses that no proxy is asked for', () => {
    expect(withCloudVariables({ NO_PROXY: 'corp' }, {})).toMatchObject({
      NO_PROXY: 'corp,127.0.0.1',
      no_proxy: 'corp,127.0.0.1',
    });
    expect(withCloudVariables({ NO_PROXY: 'corp', no_proxy: 'lower' }, {})).toMatchObject({
      no_proxy: 'lower,127.0.0.1',
    });
  });
});
