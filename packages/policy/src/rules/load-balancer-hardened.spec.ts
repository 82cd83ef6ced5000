import { judge, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { loadBalancerHardened } from './load-balancer-hardened';

const LB = 'aws_lb.LoadBalancer';
const hardened = {
  drop_invalid_header_fields: true,
  desync_mitigation_mode: 'strictest',
  access_logs: { enabled: true, bucket: 'logs' },
  subnets: ['${aws_subnet.A.id}', '${aws_subnet.B.id}', '${aws_subnet.C.id}'],
};

function judged(balancer: Attributes) {
  const names = ['A', 'B', 'C'];
  const model = modelWith({
    aws_lb: { LoadBalancer: balancer },
    aws_internet_gateway: { Internet: {} },
    aws_subnet: {
      ...Object.fromEntries(names.map((name) => [name, { availability_zone: `zone-${name}` }])),
      Private: { availability_zone: 'zone-C' },
    },
    aws_route_table: { Public: { route: [{ gateway_id: '${aws_internet_gateway.Internet.id}' }] } },
    aws_route_table_association: Object.fromEntries(
      names.map((name) => [
        name,
        { subnet_id: `\${aws_subnet.${name}.id}`, route_table_id: '${aws_route_table.Public.id}' },
      ]),
    ),
  });
  return judge(loadBalancerHardened, model);
}

describe('load-balancer-hardened (R6.1)', () => {
  it('refuses one that says nothing', () => {
    expect(judged({})).toEqual([
      `${LB}: drop_invalid_header_fields none - set it to true`,
      `${LB}: access_logs.enabled none - set it to true`,
      `${LB}: access_logs.bucket none - name a bucket`,
      `${LB}: subnets in 0 zones - put it into subnets of 3 zones`,
    ]);
  });

  it('refuses one that lets malformed requests through, and keeps no logs', () => {
    const changes = {
      drop_invalid_header_fields: false,
      desync_mitigation_mode: 'monitor',
      access_logs: { enabled: false, bucket: 'logs' },
    };
    expect(judged({ ...hardened, ...changes })).toEqual([
      `${LB}: drop_invalid_header_fields false - set it to true`,
      `${LB}: desync_mitigation_mode monitor - set it to defensive or strictest`,
      `${LB}: access_logs.enabled false - set it to true`,
    ]);
  });

  it('refuses too few zones, and subnets that the internet does not reach', () => {
    expect(judged({ ...hardened, subnets: hardened.subnets.slice(1) })).toEqual([
      `${LB}: subnets in 2 zones - put it into subnets of 3 zones`,
    ]);
    const subnets = [...hardened.subnets.slice(0, 2), '${aws_subnet.Private.id}'];
    expect(judged({ ...hardened, subnets })).toEqual([
      `${LB}: aws_subnet.Private, which has no route from the internet - put it into public subnets`,
    ]);
  });

  it('accepts a hardened one, and an internal one in private subnets', () => {
    expect(judged(hardened)).toEqual([]);
    const subnets = [...hardened.subnets.slice(0, 2), '${aws_subnet.Private.id}'];
    expect(judged({ ...hardened, subnets, internal: true, load_balancer_type: 'application' })).toEqual([]);
  });

  it('is not about network load balancers', () => {
    expect(judged({ load_balancer_type: 'network' })).toBe('not applicable');
  });
});
