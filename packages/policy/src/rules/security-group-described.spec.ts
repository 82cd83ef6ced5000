import { judge, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { securityGroupDescribed } from './security-group-described';

const types = [
  'aws_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
];
const judged = (type: string, attributes: Attributes) =>
  judge(securityGroupDescribed, modelWith({ [type]: { X: attributes } }));

describe('security-group-described', () => {
  it.each(types)('refuses %s without one, or with what Terraform writes', (type) => {
    for (const description of [undefined, '', 'Managed by Terraform']) {
      expect(judged(type, { description })).toEqual([`${type}.X: no description - say what it is for`]);
    }
    expect(judged(type, { description: 'Requests' })).toEqual([]);
  });

  it('refuses rules inside of a group without one', () => {
    const rules = { ingress: [{ description: 'a' }, {}], egress: { protocol: '-1' } };
    expect(judged('aws_security_group', { description: 'd', ...rules })).toEqual([
      'aws_security_group.X: no description in ingress - say what it is for',
      'aws_security_group.X: no description in egress - say what it is for',
    ]);
  });

  it('is not about the default group, which has one that cannot be changed', () => {
    expect(judged('aws_default_security_group', {})).toBe('not applicable');
  });
});
