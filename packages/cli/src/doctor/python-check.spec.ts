import { doctorContextFixture } from '../testing/doctor-context-fixture';
import { pythonCheck } from './python-check';

describe('pythonCheck', () => {
  it('says which Python the local cloud runs on', async () => {
    const { context } = doctorContextFixture();
    expect(await pythonCheck({ cloud: 'local' }, context).look()).toEqual({
      mark: 'OK',
      detail: '3.12.1 (/usr/bin/python3)',
    });
  });

  it('asks for none where the environment is in AWS', async () => {
    const { context } = doctorContextFixture();
    expect(await pythonCheck({ cloud: 'aws' }, context).look()).toEqual({
      mark: 'SKIP',
      detail: 'only the local cloud needs it',
    });
  });
});
