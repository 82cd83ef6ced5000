import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute();
const groups = ['Blue', 'Green'];
const group = (colour: string, of = stack) => of.resource('aws_lb_target_group', `TargetGroups/${colour}`);

describe('target groups', () => {
  it.each(groups)('R6.2 %s checks /health on the port of each task', (colour) => {
    expect(group(colour)).toMatchObject({
      name: `tg-${colour.toLowerCase()}-test`,
      vpc_id: 'vpc-1',
      target_type: 'ip',
      protocol: 'HTTP',
      health_check: {
        protocol: 'HTTP',
        port: 'traffic-port',
        path: '/health',
        matcher: '200',
        interval: 30,
        timeout: 5,
        healthy_threshold: 2,
      },
    });
  });

  it.each(groups)('R6.3 %s counts a task as unhealthy after 3 consecutive failures', (colour) => {
    expect(group(colour)).toMatchObject({ health_check: { unhealthy_threshold: 3 } });
  });

  it.each(groups)('%s has the configured health check and deregistration delay', (colour) => {
    const changed = synthCompute({
      loadBalancer: {
        deregistrationDelaySeconds: 90,
        healthCheck: {
          path: '/ready',
          intervalSeconds: 10,
          timeoutSeconds: 4,
          healthyThreshold: 3,
          unhealthyThreshold: 5,
        },
      },
    });
    expect(group(colour, changed)).toMatchObject({
      deregistration_delay: '90',
      health_check: { path: '/ready', interval: 10, timeout: 4, healthy_threshold: 3, unhealthy_threshold: 5 },
    });
  });

  it.each(groups)('%s is not replaced when the port of the container changes', (colour) => {
    expect(group(colour, synthCompute({ container: { port: 9090 } }))['port']).toBe(group(colour)['port']);
  });
});
