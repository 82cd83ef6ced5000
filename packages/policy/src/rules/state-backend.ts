import type { Model, Stack } from '../model/model';
import { at, isAttributes, shown } from '../model/value';
import { type Finding, rule } from '../rule';

export const stateBackend = rule({
  id: 'state-backend',
  severity: 'error',
  what: 'a stack stores its state in the state bucket of the environment, with encryption, locking and its own object key',
  why: 'State contains every value in plain text. Two simultaneous applies corrupt it, and two stacks with one object key delete each other.',
  sources: ['R0.1', 'https://developer.hashicorp.com/terraform/language/backend/s3'],
  // A plan does not contain its backend.
  appliesTo: (model) => (model.source === 'stacks' ? model.stacks : []),
  check(stack, model) {
    const backend = at(stack.terraform, 'backend.s3');
    if (!isAttributes(backend)) return [{ got: 'no S3 backend', fix: 'make the stack extend PlatformStack' }];
    return [...settings(stack), ...place(stack, model)];
  },
});

function settings({ terraform }: Stack): Finding[] {
  const demanded = { encrypt: true, use_lockfile: true };
  const wrong = Object.entries(demanded)
    .filter(([name, value]) => setting(terraform, name) !== value)
    .map(([name, value]) => ({ got: `${name} ${shown(setting(terraform, name))}`, fix: `set it to ${value}` }));
  const key = setting(terraform, 'kms_key_id');
  // Without a key, Terraform requests SSE-S3 and ignores the default of the bucket.
  return key ? wrong : [...wrong, { got: 'no kms_key_id', fix: 'use the alias of the key of the state bucket' }];
}

function place(stack: Stack, { stacks, environment }: Model): Finding[] {
  const [bucket, key] = [setting(stack.terraform, 'bucket'), setting(stack.terraform, 'key')];
  const buckets = environment ? environment.state.bucket : setting(stacks[0]?.terraform, 'bucket');
  const elsewhere = bucket === buckets ? [] : [{ got: `bucket ${shown(bucket)}`, fix: `use ${shown(buckets)}` }];
  const same = stacks.find((other) => setting(other.terraform, 'key') === key);
  const shared =
    same === stack ? [] : [{ got: `key ${shown(key)}, which stack ${shown(same?.stack)} uses`, fix: 'use another' }];
  const own = environment ? `${environment.suffix}/` : '';
  const foreign = shown(key).startsWith(own)
    ? []
    : [{ got: `key ${shown(key)}`, fix: `use a key that starts with ${own}` }];
  return [...elsewhere, ...shared, ...foreign];
}

function setting(terraform: Stack['terraform'] | undefined, name: string) {
  return at(terraform, `backend.s3.${name}`);
}
