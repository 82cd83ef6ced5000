import { PreflightFixture } from '../testing';

const deploy = 'npx nx run compute:deploy -c test';

describe('the service checks before a release', () => {
  let fixture: PreflightFixture;
  beforeEach(() => {
    fixture = new PreflightFixture();
  });

  describe('service', () => {
    it('refuses one that CodeDeploy does not release', async () => {
      delete fixture.service['deploymentController'];
      expect(await fixture.line('service')).toBe(
        '[FAIL] ECS is the deployment controller, not CODE_DEPLOY -> replace it with the compute stack: npx nx run compute:plan -c test',
      );
    });

    it('refuses a cluster without the capacity providers of the strategy', async () => {
      fixture.answers['DescribeClusters'] = () => ({ clusters: [{ capacityProviders: ['FARGATE'] }] });
      expect(await fixture.line('capacity')).toBe(
        `[FAIL] ecs-cluster-test has no capacity provider FARGATE_SPOT -> restore it: ${deploy}`,
      );
      fixture.answers['DescribeClusters'] = () => ({});
      expect(await fixture.line('capacity')).toContain(
        'FARGATE_SPOT; ecs-cluster-test has no capacity provider FARGATE',
      );
    });

    it('adds the new tasks to the usage of the vCPU quota', async () => {
      const UsageMetric = { MetricName: 'ResourceCount' };
      fixture.answers['GetServiceQuota'] = () => ({ Quota: { Value: 10, UsageMetric } });
      fixture.answers['GetMetricData'] = () => ({ MetricDataResults: [{ Values: [7] }] });
      const title = 'quota Fargate Spot vCPU resource count';
      expect(await fixture.line(title)).toContain(
        '[FAIL] 10 vCPU, 8 needed for a release of 3 tasks, 3 used by others -> ',
      );
      delete fixture.service['runningCount'];
      delete fixture.service['desiredCount'];
      expect(await fixture.line(title)).toContain('14 needed for scaling.maximum of 10 tasks, 7 used by others');
    });

    it('refuses a desired count of 0', async () => {
      fixture.service = { ...fixture.service, desiredCount: undefined, runningCount: undefined };
      expect(await fixture.line('desired count')).toContain('[FAIL] 0: ');
      fixture.service = { ...fixture.service, desiredCount: 1 };
      expect(await fixture.line('desired count')).toBe('[OK] 1, 0 running');
      expect(await fixture.line('subnets')).toBe('[OK] 3, with 600 free addresses');
    });
  });

  describe('network', () => {
    it('exists', async () => {
      fixture.answers['DescribeSubnets'] = () => ({ Subnets: [{ SubnetId: 'subnet-2' }] });
      expect(await fixture.line('subnets')).toBe(
        '[FAIL] subnet not found: subnet-1; subnet not found: subnet-3 -> restore them: npx nx run network:deploy -c test',
      );
      fixture.answers['DescribeSubnets'] = () => ({});
      expect(await fixture.line('subnets')).toContain('subnet not found: subnet-2');
    });

    it('allows the port of the new tasks, which can be a previous one in a rollback', async () => {
      const admitting = (IpPermissions?: object[]) => {
        const SecurityGroups = [{ GroupId: 'sg-1', IpPermissions }];
        fixture.answers['DescribeSecurityGroups'] = () => ({ SecurityGroups });
      };
      const [container] = fixture.definition.containerDefinitions as object[];
      const onPort = (containerPort: number) => ({ ...container, portMappings: [{ containerPort }] });
      admitting([{ IpProtocol: 'tcp', FromPort: 9090, ToPort: 9090 }]);
      expect(await fixture.line('security groups')).toBe(
        '[FAIL] no rule of sg-1 admits the load balancer on port 8080 of the new tasks -> open it: npx nx run network:deploy -c test',
      );
      fixture.definition = { ...fixture.definition, containerDefinitions: [onPort(9090)] };
      expect(await fixture.line('security groups')).toBe('[OK] sg-1, with port 9090 open');
      admitting([{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 }]);
      expect(await fixture.line('security groups')).toBe(
        '[FAIL] no rule of sg-1 admits the load balancer on port 9090 of the new tasks -> open it: set container.previousPort to 9090, then npx nx run network:deploy -c test',
      );
      admitting();
      expect(await fixture.line('security groups')).toContain('admits the load balancer on port 9090');
      for (const rule of [{ IpProtocol: '-1' }, { IpProtocol: 'tcp' }]) {
        admitting([rule]);
        expect(await fixture.line('security groups')).toBe('[OK] sg-1, with port 9090 open');
      }
    });

    it('has free addresses for a second task set', async () => {
      const Subnets = ['subnet-1', 'subnet-2', 'subnet-3'].map((SubnetId, number) => ({
        SubnetId,
        ...(number < 2 && { AvailableIpAddressCount: 1 }),
      }));
      fixture.answers['DescribeSubnets'] = () => ({ Subnets });
      expect(await fixture.line('subnets')).toBe(
        '[FAIL] 2 free addresses for 3 new tasks -> free addresses, or scale the service in: each task takes one, and a release runs both versions at once',
      );
    });
  });
});
