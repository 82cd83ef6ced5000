import { onlyReference, referencesIn } from './references-in';

const names = (value: Parameters<typeof referencesIn>[0]) =>
  referencesIn(value).map(({ address, attribute }) => `${address} ${attribute ?? '-'}`);

describe('references in a value', () => {
  it('are found in texts, lists and blocks, with text around them', () => {
    const value = {
      a: ['arn:${data.aws_partition.P.partition}:${aws_vpc.V.id}/*'],
      b: { c: '${aws_kms_key.K}' },
      d: 1,
    };
    expect(names(value)).toEqual(['data.aws_partition.P partition', 'aws_vpc.V id', 'aws_kms_key.K -']);
  });

  it('are found in functions and in other stacks', () => {
    expect(names('${element(data.aws_availability_zones.Z.names, 0)}')).toEqual([
      'data.aws_availability_zones.Z names',
    ]);
    expect(names('${data.terraform_remote_state.cross-stack-reference-input-network.outputs.vpc_id}')).toEqual([
      'data.terraform_remote_state.cross-stack-reference-input-network outputs.vpc_id',
    ]);
    expect(names('${jsonencode({"a" = {"b" = aws_vpc.V.id}})} ${aws_eip.E.id}')).toEqual([
      'aws_vpc.V id',
      'aws_eip.E id',
    ]);
  });

  it('distinguish instances and modules', () => {
    expect(names('${module.a["b.c"].aws_subnet.S[1].id} ${aws_subnet.S["x"].tags.Name}')).toEqual([
      'module.a["b.c"].aws_subnet.S[1] id',
      'aws_subnet.S["x"] tags.Name',
    ]);
  });

  it('exclude text without braces, escaped text and incomplete text', () => {
    expect(names('aws_vpc.V.id')).toEqual([]);
    expect(names('$${aws_vpc.V.id}')).toEqual([]);
    expect(names('${aws_vpc.V.id')).toEqual(['aws_vpc.V id']);
    expect(names(undefined)).toEqual([]);
  });

  it('are recognized if they are the whole text', () => {
    expect(onlyReference('${aws_vpc.V.id}')).toEqual({ address: 'aws_vpc.V', attribute: 'id' });
    expect(onlyReference('${aws_vpc.V}')).toEqual({ address: 'aws_vpc.V', attribute: undefined });
    const others = [
      '${aws_vpc.V.id}:*',
      '${aws_vpc.V.id}${aws_vpc.V.id}',
      '${lower(aws_vpc.V.id)}',
      '${1}',
      'V',
      1,
      '$${a.b}',
    ];
    expect(others.map(onlyReference)).toEqual(others.map(() => undefined));
  });
});
