import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith, type Resources } from '../model.fixture';
import { resourceNameFormat } from './resource-name-format';

const own = (resources: Resources) => findingsIn(resourceNameFormat, modelWith(resources, {}, environmentWith()));
const foreign = (resources: Resources) => findingsIn(resourceNameFormat, modelWith(resources));
const group = (name: string) => ({ aws_cloudwatch_log_group: { G: { name } } });

describe('resource-name-format (R0.8)', () => {
  it('refuses a name with the suffix of another environment, with another type, and a missing name', () => {
    expect(own({ ...group('log-group-dev'), aws_lb: { L: { name: 'lb-test' } }, aws_vpc: { V: {} } })).toEqual([
      'aws_vpc.V: no name - set tags.Name',
      "aws_cloudwatch_log_group.G: log-group-dev - use a name that starts with log-group- and ends with -test, as namesFor('test').of('log-group') does",
      "aws_lb.L: lb-test - use a name that starts with alb- and ends with -test, as namesFor('test').of('alb') does",
    ]);
  });

  it('refuses names that AWS rejects, also those of other authors', () => {
    const long = `alb-${'x'.repeat(29)}`;
    expect(foreign({ aws_lb: { A: { name: long }, B: { name: 'internal-a' } } })).toEqual([
      `aws_lb.A: 33 characters in ${long} - use at most 32`,
      'aws_lb.B: internal-a - use a name that matches ^(?!internal-)(?!-)[a-zA-Z0-9-]+(?<!-)$',
    ]);
  });

  it('refuses the same name for two resources of a type', () => {
    const roles = { A: { name: 'iam-role-test' }, B: { name: '${aws_iam_role.A.name}' } };
    expect(own({ aws_iam_role: roles, aws_iam_policy: { P: { name: 'iam-policy-test' } } })).toEqual([
      'aws_iam_role.B: iam-role-test, which is also the name of aws_iam_role.A - use another qualifier',
    ]);
  });

  it('accepts names of type and suffix, and those that AWS derives from them', () => {
    const resources = {
      aws_kms_alias: { K: { name: 'alias/kms-key-logs-test' } },
      aws_ecs_task_definition: { T: { family: 'ecs-task-test' } },
      aws_vpc: { V: { tags: { Name: 'vpc-test' } }, W: { tags_all: { Name: 'vpc-w-test' } } },
      ...group('/aws/ecs/containerinsights/ecs-cluster-test/performance'),
    };
    expect(own(resources)).toEqual([]);
    expect(own(group('/aws/ecs/other'))).toHaveLength(1);
  });

  it('accepts the Name tag of the default security group, although no other group can have that name', () => {
    const name = {
      aws_default_security_group: { D: { tags: { Name: 'sg-default' } } },
      aws_security_group: { G: { name: 'sg-a' } },
    };
    expect(foreign(name)).toEqual([
      'aws_security_group.G: sg-a - use a name that matches ^(?!sg-)[a-zA-Z0-9 ._\\-:/()#,@[\\]+=&;{}!$*]+$',
    ]);
  });

  it('requires neither type nor suffix nor tag for names of other platforms', () => {
    expect(foreign({ ...group('/ecs/app'), aws_vpc: { V: {} } })).toEqual([]);
    expect(foreign({ aws_lb: { L: {} } })).toEqual(['aws_lb.L: no name - set name']);
  });

  it('does not check a name that is unknown until apply', () => {
    expect(own(group('${random_pet.P.id}-x'))).toEqual([
      'aws_cloudwatch_log_group.G: not checked: name is unknown until apply',
    ]);
  });

  it('does not apply to resources without a name', () => {
    expect(own({ aws_route: { R: {} } })).toBe('not applicable');
  });
});
