import { modelWith } from '../model.fixture';
import { Model } from '../model/model';
import { arnPattern } from './resource-arns';

const model = modelWith({
  aws_kms_key: { Key: {} },
  aws_ecs_service: { Service: {} },
  aws_vpc: { Vpc: {} },
});
const pattern = (text: string) => arnPattern(text, 'network', model);

describe('what a resource in a policy can be', () => {
  it('is an ARN of the type that is referred to', () => {
    expect(pattern('${aws_kms_key.Key.arn}')).toBe('arn:x:kms:x:x:key/x');
    expect(pattern('${aws_ecs_service.Service.id}')).toBe('arn:x:ecs:x:x:service/x/x');
  });

  it('is anything for other types, other attributes, data and variables of IAM', () => {
    expect(pattern('${aws_vpc.Vpc.arn}')).toBe('*');
    expect(pattern('${aws_vpc.Vpc.id}')).toBe('*');
    expect(pattern('${var.key}')).toBe('*');
    expect(pattern('${aws_kms_key.Key.id}')).toBe('*');
    expect(pattern('arn:${data.aws_partition.P.partition}:s3:::home/$${aws:username}/*')).toBe('arn:*:s3:::home/*/*');
    expect(pattern('${x ? "${a}" : "b"}:*')).toBe('*:*');
  });

  it('is what it is without any of them', () => {
    expect(pattern('arn:aws:s3:::data/*')).toBe('arn:aws:s3:::data/*');
  });

  it('has lost the text around its references in a plan', () => {
    const plan = new Model({ source: 'plan', stacks: [] });
    expect(arnPattern('${aws_kms_key.Key.arn}', 'plan', plan)).toBe('**');
    expect(arnPattern('*', 'plan', plan)).toBe('*');
  });
});
