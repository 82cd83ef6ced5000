import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetBucketLoggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Platform } from '../harness/platform';

interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** Names that AWS chooses, and names within another resource. */
const NAMED_WITHIN = /^aws_(default_\w+|iam_role_policy)$/;

const APPS = join(__dirname, '..', '..', '..');
const STACKS = readdirSync(APPS).filter((name) => existsSync(join(APPS, name, 'src', `${name}-stack.ts`)));

/** R0: the stacks, their state, names and tags. */
export function shape(platform: () => Platform): void {
  const s3 = () => platform().aws(S3Client);
  const bucket = () => platform().environment.state.bucket;
  const stateOf = async (stack: string) => {
    const Key = `${platform().suffix}/${stack}.tfstate`;
    const { Body, ServerSideEncryption } = await s3().send(new GetObjectCommand({ Bucket: bucket(), Key }));
    return { ServerSideEncryption, state: JSON.parse(String(await Body?.transformToString())) as State };
  };
  const resources = async () => {
    const states = await Promise.all(STACKS.map(stateOf));
    return states
      .flatMap(({ state }) => state.resources)
      .filter(({ mode }) => mode === 'managed')
      .flatMap(({ type, instances }) => instances.map(({ attributes }) => ({ type, attributes })));
  };

  it('R0.1 each stack has its own encrypted state in a versioned bucket, and no lock remains', async () => {
    const { Contents } = await s3().send(new ListObjectsV2Command({ Bucket: bucket() }));
    const keys = STACKS.flatMap((stack) => [`applied/${stack}.json`, `${stack}.tfstate`]);
    expect(Contents?.map(({ Key }) => Key).sort()).toEqual(keys.map((key) => `${platform().suffix}/${key}`).sort());
    for (const stack of STACKS) expect((await stateOf(stack)).ServerSideEncryption).toBe('aws:kms');
    const { Status } = await s3().send(new GetBucketVersioningCommand({ Bucket: bucket() }));
    expect(Status).toBe('Enabled');
    const { LoggingEnabled } = await s3().send(new GetBucketLoggingCommand({ Bucket: bucket() }));
    expect(LoggingEnabled?.TargetBucket).toBe(`${bucket()}-logs`);
  });

  it('R0.8 every name ends in the suffix, and no two resources of a type have the same name', async () => {
    const named = (await resources()).flatMap(({ type, attributes: { name, name_prefix: prefix } }) =>
      typeof name === 'string' && !prefix && !NAMED_WITHIN.test(type) ? [`${type} ${name}`] : [],
    );
    expect(named.length).toBeGreaterThan(15);
    const byAws = '/performance';
    for (const name of named) expect(name.replace(byAws, '')).toMatch(new RegExp(`-${platform().suffix}$`));
    expect(new Set(named).size).toBe(named.length);
  });

  it('R0.9 every resource that supports tags has Environment, Project and CostCenter', async () => {
    const { Environment, Project, CostCenter } = platform().environment.tags;
    const tagged = (await resources()).filter(({ attributes }) => 'tags_all' in attributes);
    expect(tagged.length).toBeGreaterThan(60);
    for (const { type, attributes } of tagged) {
      expect({ type, ...(attributes['tags_all'] as object) }).toMatchObject({ type, Environment, Project, CostCenter });
    }
  });
}
