import { doctorContextFixture } from '../testing/doctor-context-fixture';
import { localCloudCheck } from './local-cloud-check';

describe('localCloudCheck', () => {
  it('is skipped for an environment in AWS', async () => {
    const { context } = doctorContextFixture();
    expect(await localCloudCheck({ cloud: 'aws' }, context).look()).toEqual({
      mark: 'SKIP',
      detail: 'the environment is in AWS',
    });
  });

  it('says where it runs', async () => {
    const { context, cloud } = doctorContextFixture();
    await cloud.up();
    expect(await localCloudCheck({ cloud: 'local' }, context).look()).toEqual({
      mark: 'OK',
      detail: 'runs at http://127.0.0.1:45660',
    });
  });

  it('says how to start it', async () => {
    const { context, cloud } = doctorContextFixture();
    const { look } = localCloudCheck({ cloud: 'local' }, context);
    const remedy = 'start it: npx nightshift local up';
    expect(await look()).toEqual({ mark: 'NG', detail: 'is not running', remedy });
    cloud.current = { running: false, diedLog: '.nightshift/local/log' };
    expect(await look()).toEqual({ mark: 'NG', detail: 'ended by itself, its log is .nightshift/local/log', remedy });
  });

  it('says that it runs the code of another version', async () => {
    const { context, cloud } = doctorContextFixture();
    cloud.current = { ...(await cloud.up()), outdated: true };
    expect(await localCloudCheck({ cloud: 'local' }, context).look()).toEqual({
      mark: 'NG',
      detail: 'runs at http://127.0.0.1:45660 with the code of another version of this checkout',
      remedy: 'start it anew: npx nightshift local down, then npx nightshift local up (what is deployed to it is lost)',
    });
  });
});
