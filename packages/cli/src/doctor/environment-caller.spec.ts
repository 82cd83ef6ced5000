import type { Environment } from '@nightshift/config';
import { environmentFixture } from '../testing/environment-fixture';
import { FakeAws } from '../testing/fake-aws';
import { FAKE_ACCOUNT, sdkError } from '../testing/fake-service';
import { environmentCaller } from './environment-caller';

const refused = sdkError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND sts.xx-nowhere-1.amazonaws.com'), {
  code: 'ENOTFOUND',
});

/** Clients for each region, that fail where the table has an error. */
function connector(failures: Readonly<Record<string, Error>>) {
  const asked: string[] = [];
  const connect = ({ region }: Environment) => {
    asked.push(region);
    const aws = new FakeAws();
    const failure = failures[region];
    if (failure) aws.failures.set('GetCallerIdentity', failure);
    return Promise.resolve(aws.clients);
  };
  return { asked, connect };
}

const inRegion = (region: string) => environmentFixture({ file: { region } });

describe('environmentCaller', () => {
  it("asks in the environment's region", async () => {
    const { asked, connect } = connector({});
    expect((await environmentCaller(inRegion('eu-west-1'), connect)).caller.account).toBe(FAKE_ACCOUNT);
    expect(asked).toEqual(['eu-west-1']);
  });

  it.each([refused, unreachable])('tells a region that does not answer from bad credentials: %s', async (failure) => {
    const { asked, connect } = connector({ 'xx-nowhere-1': failure });
    const { caller, regionFailure } = await environmentCaller(inRegion('xx-nowhere-1'), connect);
    expect(caller.account).toBe(FAKE_ACCOUNT);
    expect(regionFailure?.message).toContain('AWS in xx-nowhere-1: ');
    expect(asked).toEqual(['xx-nowhere-1', 'us-east-1']);
  });

  it('blames the credentials when they are refused everywhere', async () => {
    const { connect } = connector({ 'eu-west-1': refused, 'us-east-1': refused });
    await expect(environmentCaller(inRegion('eu-west-1'), connect)).rejects.toThrow(
      'AWS in eu-west-1: AWS does not accept the credentials, got InvalidClientTokenId',
    );
  });

  it.each([
    ['us-east-1', refused],
    ['eu-west-1', sdkError('ExpiredToken', 'The token is expired', 403)],
  ])('asks once in %s when the answer is clear', async (region, failure) => {
    const { asked, connect } = connector({ [region]: failure });
    await expect(environmentCaller(inRegion(region), connect)).rejects.toThrow(`AWS in ${region}: `);
    expect(asked).toEqual([region]);
  });

  it('lets a defect through', async () => {
    const { connect } = connector({ 'eu-west-1': new TypeError('x is not a function') });
    await expect(environmentCaller(inRegion('eu-west-1'), connect)).rejects.toThrow(TypeError);
  });
});
