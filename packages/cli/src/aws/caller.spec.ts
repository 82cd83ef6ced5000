import { FakeAws } from '../testing/fake-aws';
import { callerOf, guardAccount } from './caller';

describe('callerOf', () => {
  it('says whose the credentials are, and in which partition', async () => {
    expect(await callerOf(new FakeAws().clients.sts)).toEqual({
      account: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/deploy',
      partition: 'aws',
    });
  });

  it('makes do with an answer that says nothing', async () => {
    const sts = { send: () => Promise.resolve({}) } as unknown as FakeAws['clients']['sts'];
    expect(await callerOf(sts)).toEqual({ account: '', arn: '', partition: '' });
  });
});

describe('guardAccount', () => {
  const caller = { account: '123456789012', arn: 'arn:x', partition: 'aws' };

  it('lets the account pass that the environment names, and any where it names none', () => {
    guardAccount({ name: 'dev', account: { id: '123456789012' } }, caller);
    guardAccount({ name: 'dev', account: undefined }, caller);
    expect(() => {
      guardAccount({ name: 'dev', account: { id: '999999999999' } }, caller);
    }).toThrow(
      'environments/dev.yaml: account.id: only account 999999999999 may be touched, got credentials of account 123456789012 (arn:x) - sign in to account 999999999999 (AWS_PROFILE), then run the same command again',
    );
  });
});
