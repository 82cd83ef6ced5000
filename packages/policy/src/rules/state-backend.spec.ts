import { environmentWith } from '../environment.fixture';
import { findingsIn } from '../model.fixture';
import { modelOf } from '../model/model-of';
import type { Attributes } from '../model/value';
import { modelOfPlan } from '../plan/model-of-plan';
import { stateBackend } from './state-backend';

const environment = environmentWith();
const backend = (key: string, changes: Attributes = {}) => ({
  terraform: {
    backend: {
      s3: {
        bucket: environment.state.bucket,
        key,
        encrypt: true,
        use_lockfile: true,
        kms_key_id: 'alias/k',
        ...changes,
      },
    },
  },
});
const checked = (stacks: Record<string, Attributes>) => findingsIn(stateBackend, modelOf({ stacks, environment }));

describe('state-backend (R0.1)', () => {
  it('refuses a stack with another kind of backend', () => {
    expect(checked({ network: { terraform: { backend: { local: { path: 'x' } } } }, compute: {} })).toEqual([
      'network: no S3 backend - make the stack extend PlatformStack',
      'compute: no S3 backend - make the stack extend PlatformStack',
    ]);
  });

  it('refuses state without encryption, lock or key', () => {
    const changes = { encrypt: false, use_lockfile: undefined, kms_key_id: undefined };
    expect(checked({ network: backend('test/network.tfstate', changes) })).toEqual([
      'network: encrypt false - set it to true',
      'network: use_lockfile none - set it to true',
      'network: no kms_key_id - use the alias of the key of the state bucket',
    ]);
  });

  it('refuses another bucket, the key of another stack, and the key of another environment', () => {
    const stacks = {
      network: backend('test/network.tfstate'),
      registry: backend('test/network.tfstate'),
      compute: backend('dev/compute.tfstate', { bucket: 'other' }),
    };
    expect(checked(stacks)).toEqual([
      'registry: key test/network.tfstate, which stack network uses - use another',
      'compute: bucket other - use s3-tfstate-nightshift-test',
      'compute: key dev/compute.tfstate - use a key that starts with test/',
    ]);
  });

  it('requires one bucket for all stacks without an environment', () => {
    const stacks = { a: backend('a'), b: backend('b', { bucket: 'other' }) };
    expect(findingsIn(stateBackend, modelOf({ stacks }))).toEqual(['b: bucket other - use s3-tfstate-nightshift-test']);
  });

  it('accepts a separate state for each stack', () => {
    expect(checked({ network: backend('test/network.tfstate'), compute: backend('test/compute.tfstate') })).toEqual([]);
  });

  it('does not apply to plans, which have no backend', () => {
    const plan = { planned_values: {}, configuration: { root_module: {} } };
    expect(findingsIn(stateBackend, modelOfPlan({ plan, name: 'plan' }))).toBe('not applicable');
  });
});
