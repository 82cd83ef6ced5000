import { findingsIn } from '../model.fixture';
import { modelOf } from '../model/model-of';
import type { Attributes } from '../model/value';
import { modelOfPlan } from '../plan/model-of-plan';
import { publishedValuesOnly } from './published-values-only';

const backend = (key: string) => ({ backend: { s3: { bucket: 'b', key } } });
const reading = (key: string) => ({ terraform_remote_state: { net: { backend: 's3', config: { bucket: 'b', key } } } });
const checked = (output: Attributes, compute: Attributes) =>
  findingsIn(publishedValuesOnly, modelOf({ stacks: { network: { terraform: backend('network'), output }, compute } }));
const reader = (name: string) => ({ aws_lb: { L: { vpc: `\${data.terraform_remote_state.net.outputs.${name}}` } } });

describe('published-values-only (R0.2)', () => {
  it('refuses a value that the other stack does not publish', () => {
    expect(checked({ vpc_id: { value: 'x' } }, { data: reading('network'), resource: reader('subnet_id') })).toEqual([
      'aws_lb.L: subnet_id of stack network, which is not published - publish() it in that stack',
    ]);
  });

  it('refuses a state of another environment, and one that is read without a use', () => {
    expect(checked({}, { data: reading('elsewhere'), resource: reader('vpc_id') })).toEqual([
      'data.terraform_remote_state.net: a state that belongs to no stack of the environment - use an output of a stack',
    ]);
    expect(checked({}, { data: reading('network'), resource: { aws_lb: { L: { name: '${aws_vpc.V.id}' } } } })).toEqual(
      ['data.terraform_remote_state.net: a remote state that is not used - remove it'],
    );
  });

  it('refuses to publish a sensitive value', () => {
    expect(checked({ password: { value: 'x', sensitive: true } }, {})).toEqual([
      'output.password: output password is sensitive - publish() the ARN or name of the secret, not the secret',
    ]);
  });

  it('accepts values that are published and read, or published again', () => {
    expect(checked({ vpc_id: { value: 'x' } }, { data: reading('network'), resource: reader('vpc_id') })).toEqual([]);
    const output = { again: { value: '${data.terraform_remote_state.net.outputs.vpc_id}' } };
    expect(checked({ vpc_id: { value: 'x' } }, { data: reading('network'), output })).toEqual([]);
  });

  it('does not apply to plans', () => {
    const plan = { planned_values: {}, configuration: { root_module: {} } };
    expect(findingsIn(publishedValuesOnly, modelOfPlan({ plan, name: 'plan' }))).toBe('not applicable');
  });
});
