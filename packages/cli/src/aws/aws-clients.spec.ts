import { connectAws, type AwsClients } from './aws-clients';

const overrides = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:45660',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'secret',
};

async function configOf(client: AwsClients['s3']) {
  return {
    region: await client.config.region(),
    endpoint: await client.config.endpoint?.(),
    credentials: await client.config.credentials(),
  };
}

describe('connectAws', () => {
  it("asks the environment's region, with the credentials that the SDK finds", async () => {
    const { s3, kms, sts } = await connectAws({ region: 'eu-west-1' });
    for (const { config } of [s3, kms, sts]) expect(await config.region()).toBe('eu-west-1');
    expect(s3.config.followRegionRedirects).toBe(true);
    expect(s3.config.endpoint).toBeUndefined();
  });

  it('asks the local cloud with its own credentials', async () => {
    const { s3 } = await connectAws({ region: 'us-east-1', overrides });
    expect(await configOf(s3)).toMatchObject({
      region: 'us-east-1',
      endpoint: { hostname: '127.0.0.1', port: 45660 },
      credentials: { accessKeyId: 'test', secretAccessKey: 'secret' },
    });
  });

  it('keeps the SDK from warning about the Node.js of next year, unless the user decides', async () => {
    const name = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
    process.env[name] = 'false';
    await connectAws({ region: 'us-east-1', overrides });
    expect(process.env[name]).toBe('false');
    Reflect.deleteProperty(process.env, name);
    await connectAws({ region: 'us-east-1', overrides });
    expect(process.env[name]).toBe('true');
  });
});
