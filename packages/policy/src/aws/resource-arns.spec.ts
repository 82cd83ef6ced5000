import { modelWith } from '../model.fixture';
import { Model } from '../model/model';
import { arnPattern, exampleArn, namesResource } from './resource-arns';

const model = modelWith({
  aws_kms_key: { Key: {} },
  aws_ecs_service: { Service: {} },
  aws_vpc: { Vpc: {} },
});
const pattern = (text: string) => arnPattern(text, 'network', model);

describe('the ARN of a Resource element', () => {
  it('has the type of the referenced resource', () => {
    expect(pattern('${aws_kms_key.Key.arn}')).toBe('arn:x:kms:x:x:key/x');
    expect(pattern('${aws_ecs_service.Service.id}')).toBe('arn:x:ecs:x:x:service/x/x');
  });

  it('can be anything for other types, other attributes, data sources and IAM variables', () => {
    expect(pattern('${aws_vpc.Vpc.arn}')).toBe('*');
    expect(pattern('${aws_vpc.Vpc.id}')).toBe('*');
    expect(pattern('${var.key}')).toBe('*');
    expect(pattern('${aws_kms_key.Key.id}')).toBe('*');
    expect(pattern('arn:${data.aws_partition.P.partition}:s3:::home/$${aws:username}/*')).toBe('arn:*:s3:::home/*/*');
    expect(pattern('${x ? "${a}" : "b"}:*')).toBe('*:*');
  });

  it('is literal without references', () => {
    expect(pattern('arn:aws:s3:::data/*')).toBe('arn:aws:s3:::data/*');
  });

  it('lacks the text around its references in a plan', () => {
    const plan = new Model({ source: 'plan', stacks: [] });
    expect(arnPattern('${aws_kms_key.Key.arn}', 'plan', plan)).toBe('**');
    expect(arnPattern('*', 'plan', plan)).toBe('*');
  });
});

describe('the ARN of a resource', () => {
  const named = modelWith({
    aws_ecr_repository: { App: { name: 'jobs' }, Other: {} },
    aws_lb: { Lb: {} },
    aws_vpc: { V: {} },
  });
  const names = (arn: string, type = 'aws_ecr_repository', index = 0) =>
    namesResource(arn, 'network', named.all(type)[index]!, named);

  it('is known by reference, or by the name in it', () => {
    expect(names('${aws_ecr_repository.App.arn}')).toBe(true);
    expect(names('arn:aws:ecr:eu-west-1:123456789012:repository/jobs')).toBe(true);
    expect(names('arn:${data.x.y.p}:ecr:*:*:repository/jobs')).toBe(true);
    expect(names('arn:aws:ecr:eu-west-1:123456789012:repository/other')).toBe(false);
    expect(names('arn:aws:ecs:eu-west-1:123456789012:repository/jobs')).toBe(false);
    expect(names('arn:aws:ecr:eu-west-1:123456789012:repository/x', 'aws_ecr_repository', 1)).toBe(false);
    expect(names('arn:aws:ec2:eu-west-1:123456789012:vpc/x', 'aws_vpc')).toBe(false);
  });

  it('has an example, with the name if it is known', () => {
    const example = (token: string) => exampleArn(named.targets(token, 'network')[0], named);
    expect(example('${aws_ecr_repository.App.arn}')).toBe('arn:x:ecr:x:x:repository/jobs');
    expect(example('${aws_ecr_repository.Other.arn}')).toBe('arn:x:ecr:x:x:repository/x');
    expect(example('${aws_lb.Lb.arn_suffix}')).toBe('app/x/x');
    expect(example('${aws_vpc.V.arn_suffix}')).toBeUndefined();
    expect(example('${var.x}')).toBeUndefined();
  });
});
