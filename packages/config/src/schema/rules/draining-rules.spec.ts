import { problemsOf } from '../../problems-of.fixture';

describe('draining (R5.4)', () => {
  it.each([
    'container: { draining: { acceptSeconds: 0, jobSeconds: 115 }, stopTimeoutSeconds: 120 }\nloadBalancer: { deregistrationDelaySeconds: 115 }',
    'container: { stopTimeoutSeconds: 85 }',
    'loadBalancer: { deregistrationDelaySeconds: 80 }',
    'loadBalancer: { idleTimeoutSeconds: 4000, deregistrationDelaySeconds: 3600 }',
    'service: { healthCheckGracePeriodSeconds: 180 }',
    'service: { healthCheckGracePeriodSeconds: 600 }\nalarms: { unhealthyHostCount: { evaluationPeriods: 10, datapointsToAlarm: 10 } }\ngates: { unhealthyHostCount: { periodSeconds: 300, evaluationPeriods: 2, datapointsToAlarm: 2 } }',
  ])('accepts %s', (yaml) => expect(problemsOf(yaml)).toEqual([]));

  it.each([
    [
      'a kill before the last job',
      'container: { stopTimeoutSeconds: 84 }',
      'container.stopTimeoutSeconds: is shorter than the draining of a container: draining.acceptSeconds (20), draining.jobSeconds (60) and 5 to exit, got 84 - raise it to at least 85, or lower these',
    ],
    [
      'more than Fargate gives',
      'container: { draining: { acceptSeconds: 40, jobSeconds: 80 } }\nloadBalancer: { deregistrationDelaySeconds: 120 }',
      'container.draining.jobSeconds: makes 120 seconds with acceptSeconds (40), but Fargate kills a container after 120, got 80 - lower one of the two, to 115 together',
    ],
    [
      'a delay below the idle timeout',
      'loadBalancer: { idleTimeoutSeconds: 300 }',
      'loadBalancer.deregistrationDelaySeconds: is below loadBalancer.idleTimeoutSeconds (300), so a deployment could interrupt a job, got 90 (the default) - raise it to at least 300',
    ],
    [
      'a delay below the time to stop',
      'loadBalancer: { deregistrationDelaySeconds: 79 }',
      'loadBalancer.deregistrationDelaySeconds: is below container.draining (80 seconds in all), so a deployment could interrupt a job, got 79 - raise it to at least 80',
    ],
  ])('refuses %s', (_, yaml, problem) => expect(problemsOf(yaml)).toEqual([`dev.yaml: ${problem}`]));
});

describe('alarms on unhealthy hosts (R10.4, R12.2)', () => {
  it('fire only after the grace period of a new task', () => {
    expect(problemsOf('service: { healthCheckGracePeriodSeconds: 600 }')).toEqual(
      ['alarms', 'gates'].map(
        (section) =>
          `dev.yaml: ${section}.unhealthyHostCount.datapointsToAlarm: fires after 180 seconds, while a new task may be unhealthy for 600 (service.healthCheckGracePeriodSeconds), got 3 (the default) - raise it to at least 10, and evaluationPeriods to no less`,
      ),
    );
  });

  it('fire only after the start period of its container', () => {
    const yaml =
      'container: { healthCheck: { startPeriodSeconds: 300 } }\nalarms: { unhealthyHostCount: { periodSeconds: 120 } }';
    expect(problemsOf(yaml)).toEqual([
      'dev.yaml: gates.unhealthyHostCount.datapointsToAlarm: fires after 180 seconds, while a new task may be unhealthy for 300 (container.healthCheck.startPeriodSeconds), got 3 (the default) - raise it to at least 5, and evaluationPeriods to no less',
    ]);
  });
});
