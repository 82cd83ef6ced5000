import { containersOf } from '../aws/containers';
import { modelWith } from '../model.fixture';
import { PARTLY_UNKNOWN, policyAt } from './policy-statements';

const policyOf = (policy: string | undefined) => policyAt({ policy }, 'policy');

describe('the statements of a policy', () => {
  it('are lists, for one element or several', () => {
    const policy = {
      Statement: {
        Sid: 'A',
        Effect: 'Allow',
        Principal: { Service: ['a', 'b'], AWS: '*' },
        Action: 's3:*',
        NotAction: ['s3:x'],
        Resource: ['${aws_s3_bucket.B.arn}/*'],
        NotResource: 'r',
        Condition: { StringEquals: { 'aws:SourceAccount': '1' }, Bool: { x: false, y: ['p', 'q'] } },
      },
    };
    expect(policyOf(JSON.stringify(policy)).statements).toEqual([
      {
        sid: 'A',
        effect: 'Allow',
        principals: [
          { kind: 'Service', value: 'a' },
          { kind: 'Service', value: 'b' },
          { kind: 'AWS', value: '*' },
        ],
        actions: ['s3:*'],
        notActions: ['s3:x'],
        resources: ['${aws_s3_bucket.B.arn}/*'],
        notResources: ['r'],
        conditions: [
          { operator: 'StringEquals', key: 'aws:SourceAccount', values: ['1'] },
          { operator: 'Bool', key: 'x', values: ['false'] },
          { operator: 'Bool', key: 'y', values: ['p', 'q'] },
        ],
      },
    ]);
  });

  it('are empty for missing elements', () => {
    const [any, none] = policyOf('{"Statement":[{"Principal":"*"},{}]}').statements;
    expect(any?.principals).toEqual([{ kind: '*', value: '*' }]);
    expect(none).toEqual({
      sid: '',
      effect: '',
      principals: [],
      actions: [],
      notActions: [],
      resources: [],
      notResources: [],
      conditions: [],
    });
  });

  it('are unknown if Terraform does not know the policy yet', () => {
    for (const policy of ['${aws_iam_policy.P.policy}', '[]']) {
      expect(policyOf(policy)).toEqual({ statements: [], unknown: true });
    }
    expect(policyOf(`{"Statement":{},"${PARTLY_UNKNOWN}":true}`)).toMatchObject({ statements: [{}], unknown: true });
    expect(policyOf(undefined)).toEqual({ statements: [], unknown: false });
  });
});

describe('the containers of a task definition', () => {
  it('are those of its JSON, and none if it is not known yet', () => {
    const task = (container_definitions: string) =>
      modelWith({ aws_ecs_task_definition: { T: { container_definitions } } }).all('aws_ecs_task_definition')[0]!;
    expect(containersOf(task('[{"name":"a"}]'))).toEqual([{ name: 'a' }]);
    expect(containersOf(task('${x.y.z}'))).toEqual([]);
  });
});
