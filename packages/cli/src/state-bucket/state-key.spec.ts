import { FakeAws } from '../testing/fake-aws';
import { sdkError } from '../testing/fake-service';
import { createStateKey, findKey, isStateKey } from './state-key';

const tags = { Environment: 'dev' };

describe('createStateKey', () => {
  it('makes a tagged key and its alias', async () => {
    const { kms, clients } = new FakeAws();
    const key = await createStateKey(clients.kms, 'b', tags);
    expect(key).toMatchObject({ id: 'key-1', arn: kms.keys[0]!.arn, alias: 'alias/b', tags });
    expect(kms.keys[0]).toMatchObject({ description: 'Terraform state in b', tags: new Map([['Environment', 'dev']]) });
    expect([...kms.aliases]).toEqual([['alias/b', 'key-1']]);
  });

  it('leaves no key behind that nobody would find', async () => {
    const aws = new FakeAws();
    aws.failures.set('CreateAlias', sdkError('AccessDeniedException'));
    await expect(createStateKey(aws.clients.kms, 'b', tags)).rejects.toThrow('AccessDeniedException');
    expect(aws.kms.keys[0]!.state).toBe('PendingDeletion');
  });
});

describe('findKey', () => {
  it('finds by alias, id or ARN, or gives undefined', async () => {
    const { kms, clients } = new FakeAws();
    const { arn } = kms.create('x');
    kms.aliases.set('alias/b', 'key-1');
    for (const name of ['alias/b', 'key-1', arn]) expect(await findKey(clients.kms, name)).toMatchObject({ Arn: arn });
    expect(await findKey(clients.kms, 'alias/other')).toBeUndefined();
  });
});

describe('isStateKey', () => {
  it("tells the bucket's own key from another one behind the alias", () => {
    expect(isStateKey({ Description: 'Terraform state in b' }, 'b')).toBe(true);
    expect(isStateKey({ Description: 'Terraform state in c' }, 'b')).toBe(false);
    expect(isStateKey({}, 'b')).toBe(false);
  });
});
