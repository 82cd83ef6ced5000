import { devNull } from 'node:os';
import { cloudVariables, withCloudVariables } from './cloud-environment';

const URL = 'http://127.0.0.1:45660';
const KEY = { accessKeyId: 'NSLC1', secretAccessKey: 'secret' };

describe('cloudVariables', () => {
  it('point AWS clients to the local cloud, with its key', () => {
    expect(cloudVariables(URL, KEY)).toEqual({
      AWS_ENDPOINT_URL: URL,
      AWS_ACCESS_KEY_ID: 'NSLC1',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
    });
  });

  it('contain a given region', () => {
    expect(cloudVariables(URL, KEY, 'eu-central-1')).toMatchObject({
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
    });
  });
});

describe('withCloudVariables', () => {
  it('keeps variables that are unrelated to AWS', () => {
    expect(withCloudVariables({ PATH: '/bin', EMPTY: undefined }, { A: 'b' })).toEqual({
      PATH: '/bin',
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
      A: 'b',
    });
  });

  it.each([
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_SESSION_TOKEN',
    'AWS_ROLE_ARN',
    'AWS_CA_BUNDLE',
    'AWS_ENDPOINT_URL_S3',
    'AWS_S3_ENDPOINT',
    'TF_AWS_STS_ENDPOINT',
    'AWS_USE_FIPS_ENDPOINT',
    'AWS_A_SETTING_THAT_DOES_NOT_EXIST_YET',
    'aws_profile',
  ])('removes %s, as every AWS setting of the user', (name) => {
    expect(withCloudVariables({ [name]: 'x' }, {})).not.toHaveProperty(name);
  });

  it('replaces the credentials and the endpoint of the caller', () => {
    const variables = cloudVariables(URL, KEY);
    expect(
      withCloudVariables({ AWS_ACCESS_KEY_ID: 'real', AWS_ENDPOINT_URL: 'https://real' }, variables),
    ).toMatchObject(variables);
  });

  it('adds itself to NO_PROXY', () => {
    expect(withCloudVariables({ NO_PROXY: 'corp' }, {})).toMatchObject({
      NO_PROXY: 'corp,127.0.0.1',
      no_proxy: 'corp,127.0.0.1',
    });
    expect(withCloudVariables({ NO_PROXY: 'corp', no_proxy: 'lower' }, {})).toMatchObject({
      no_proxy: 'lower,127.0.0.1',
    });
  });
});
