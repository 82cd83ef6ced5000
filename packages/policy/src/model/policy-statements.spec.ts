import { containersOf } from '../aws/containers';
import { modelWith } from '../model.fixture';
import { statementsOf } from './policy-statements';

const role = (assume_role_policy: string | undefined) =>
  modelWith({ aws_iam_role: { R: { assume_role_policy } } }).all('aws_iam_role')[0]!;

describe('statements of a policy', () => {
  it('are lists, whether one or several were written', () => {
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
    expect(statementsOf(role(JSON.stringify(policy)), 'assume_role_policy')).toEqual([
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

  it('are empty where a policy leaves things out', () => {
    const [any, none] = statementsOf(role('{"Statement":[{"Principal":"*"},{}]}'), 'assume_role_policy')!;
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

  it('are unknown where Terraform does not know the policy yet', () => {
    for (const policy of ['${aws_iam_policy.P.policy}', '[]', undefined]) {
      expect(statementsOf(role(policy), 'assume_role_policy')).toBeUndefined();
    }
  });
});

describe('containers of a task definition', () => {
  it('are those of its JSON, and none where it is not known yet', () => {
    const task = (container_definitions: string) =>
      modelWith({ aws_ecs_task_definition: { T: { container_definitions } } }).all('aws_ecs_task_definition')[0]!;
    expect(containersOf(task('[{"name":"a"}]'))).toEqual([{ name: 'a' }]);
    expect(containersOf(task('${x.y.z}'))).toEqual([]);
  });
});
