import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';

/** R6: load balancer. */
export function loadBalancer(platform: () => Platform): void {
  const elb = () => platform().aws(ElasticLoadBalancingV2Client);
  const balancer = async () => {
    const { LoadBalancers } = await elb().send(
      new DescribeLoadBalancersCommand({ Names: [platform().names.of('alb')] }),
    );
    return only(LoadBalancers);
  };
  const listeners = async () => {
    const { LoadBalancerArn } = await balancer();
    return (await elb().send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners ?? [];
  };

  it('R6.1 an internet-facing application load balancer is in the public subnets of 3 zones', async () => {
    // Missing values are defaults of AWS.
    const { Scheme = 'internet-facing', Type, AvailabilityZones } = await balancer();
    expect({ Scheme, Type }).toEqual({ Scheme: 'internet-facing', Type: 'application' });
    expect(new Set(AvailabilityZones?.map(({ ZoneName }) => ZoneName)).size).toBe(3);
  });

  it('R6.1 it writes access logs and drops invalid headers', async () => {
    const { LoadBalancerArn } = await balancer();
    const { Attributes } = await elb().send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    expect(Object.fromEntries((Attributes ?? []).map(({ Key, Value }) => [Key, Value]))).toMatchObject({
      'access_logs.s3.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'deletion_protection.enabled': 'false',
    });
  });

  it.each(['blue', 'green'])(
    'R6.2, R6.3 the %s target group checks /health and counts a task as unhealthy after 3 failures',
    async (colour) => {
      const { TargetGroups } = await elb().send(
        new DescribeTargetGroupsCommand({ Names: [platform().names.of('tg', colour)] }),
      );
      expect(only(TargetGroups)).toMatchObject({
        HealthCheckPath: '/health',
        UnhealthyThresholdCount: 3,
        TargetType: 'ip',
      });
    },
  );

  it('R6.4 it uses TLS and redirects HTTP if it has a certificate, and HTTP otherwise', async () => {
    const { listener, testListener } = platform().environment.loadBalancer;
    const found = (await listeners()).map(({ Port, Protocol }) => `${Protocol} ${Port}`).sort();
    const production = listener.protocol === 'HTTPS' ? ['HTTP 80', 'HTTPS 443'] : ['HTTP 80'];
    expect(found).toEqual(expect.arrayContaining(production));
    expect(found).toHaveLength(production.length + 1);
    const redirect = (await listeners()).find(({ Port }) => Port === 80)?.DefaultActions?.[0];
    expect(redirect?.Type).toBe(listener.protocol === 'HTTPS' ? 'redirect' : 'forward');
    expect(found.some((one) => one.endsWith(` ${testListener.port}`))).toBe(true);
  });
}
