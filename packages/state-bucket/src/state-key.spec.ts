import { sdkError } from '@nightshift/testing/aws';
import {
  createStateKey,
  findKey,
  isStateKey,
  keyAlias,
  keyRotation,
  keyTags,
  keyUsable,
  type StateKey,
} from './state-key';
import { FakeAws } from './testing/fake-aws';

const tags = { Environment: 'dev' };

describe('createStateKey', () => {
  it('creates a tagged key and its alias', async () => {
    const { kms, clients } = new FakeAws();
    const key = await createStateKey(clients.kms, 'b', tags);
    expect(key).toMatchObject({ id: 'key-1', arn: kms.keys[0]!.arn, alias: 'alias/b', tags });
    expect(kms.keys[0]).toMatchObject({ description: 'Terraform state in b', tags: new Map([['Environment', 'dev']]) });
    expect([...kms.aliases]).toEqual([['alias/b', 'key-1']]);
  });

  it('deletes a key whose alias cannot be created', async () => {
    const aws = new FakeAws();
    aws.failures.set('CreateAlias', sdkError('AccessDeniedException'));
    await expect(createStateKey(aws.clients.kms, 'b', tags)).rejects.toThrow('AccessDeniedException');
    expect(aws.kms.keys[0]!.state).toBe('PendingDeletion');
  });
});

describe('findKey', () => {
  it('finds a key by alias, id or ARN, or returns undefined', async () => {
    const { kms, clients } = new FakeAws();
    const { arn } = kms.create('x');
    kms.aliases.set('alias/b', 'key-1');
    for (const name of ['alias/b', 'key-1', arn]) expect(await findKey(clients.kms, name)).toMatchObject({ Arn: arn });
    expect(await findKey(clients.kms, 'alias/other')).toBeUndefined();
  });
});

describe('isStateKey', () => {
  it('distinguishes the key of the bucket from another one behind the alias', () => {
    expect(isStateKey({ Description: 'Terraform state in b' }, 'b')).toBe(true);
    expect(isStateKey({ Description: 'Terraform state in c' }, 'b')).toBe(false);
    expect(isStateKey({}, 'b')).toBe(false);
  });
});

function keyFixture() {
  const aws = new FakeAws();
  const stored = aws.kms.create('Terraform state in b');
  const tags = { Environment: 'dev', Project: 'nightshift' };
  const target: StateKey = { kms: aws.clients.kms, id: stored.id, arn: stored.arn, alias: 'alias/b', tags };
  return { aws, stored, target };
}

describe('the key of the state bucket', () => {
  it('is unchanged if it is enabled', async () => {
    expect(await keyUsable.deviation(keyFixture().target)).toBeUndefined();
  });

  it('is enabled if it was disabled', async () => {
    const { aws, stored, target } = keyFixture();
    stored.state = 'Disabled';
    expect(await keyUsable.deviation(target)).toBe('disabled');
    await keyUsable.set(target);
    expect(stored.state).toBe('Enabled');
    expect(aws.changes).toEqual(['EnableKey']);
  });

  it('is kept and enabled if its deletion was scheduled', async () => {
    const { aws, stored, target } = keyFixture();
    Object.assign(stored, { state: 'PendingDeletion', deletionDate: new Date('2030-01-08T12:00:00Z') });
    expect(await keyUsable.deviation(target)).toBe('due for deletion on 2030-01-08');
    await keyUsable.set(target);
    expect(stored.state).toBe('Enabled');
    expect(aws.changes).toEqual(['CancelKeyDeletion', 'EnableKey']);
  });

  it('is unusable if KMS does not find it', async () => {
    const { target } = keyFixture();
    expect(await keyUsable.deviation({ ...target, id: 'other' })).toBe('undefined');
  });

  it('has the alias that the backend uses', async () => {
    const { aws, target } = keyFixture();
    expect(await keyAlias.deviation(target)).toBe('missing');
    await keyAlias.set(target);
    expect([...aws.kms.aliases]).toEqual([['alias/b', 'key-1']]);
    expect(await keyAlias.deviation(target)).toBeUndefined();
  });

  it('has rotation', async () => {
    const { stored, target } = keyFixture();
    expect(await keyRotation.deviation(target)).toBe('off');
    await keyRotation.set(target);
    expect(stored.rotation).toBe(true);
    expect(await keyRotation.deviation(target)).toBeUndefined();
  });

  it('has the tags of the environment, and keeps others (R0.9)', async () => {
    const { stored, target } = keyFixture();
    expect(await keyTags.deviation({ ...target, tags: { Project: 'x' } })).toBe('without Project=x');
    stored.tags.set('Environment', 'prod').set('Owner', 'team');
    expect(await keyTags.deviation(target)).toBe('without Environment=dev, Project=nightshift');
    await keyTags.set(target);
    expect(Object.fromEntries(stored.tags)).toEqual({ Environment: 'dev', Project: 'nightshift', Owner: 'team' });
    expect(await keyTags.deviation(target)).toBeUndefined();
  });
});
