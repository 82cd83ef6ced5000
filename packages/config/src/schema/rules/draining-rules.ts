import { rule, type Report } from './rule';

/** Seconds to exit after the last job: closing connections, writing logs. */
const EXIT_SECONDS = 5;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html#ECS-Type-ContainerDefinition-stopTimeout */
const LONGEST_STOP_SECONDS = 120;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const LONGEST_DELAY_SECONDS = 3600;

const endsBeforeKill = rule({
  reads: ['container'],
  check({ container: { draining, stopTimeoutSeconds } }, report) {
    const { acceptSeconds, jobSeconds } = draining;
    const needed = acceptSeconds + jobSeconds + EXIT_SECONDS;
    if (needed > LONGEST_STOP_SECONDS) {
      const most = LONGEST_STOP_SECONDS - EXIT_SECONDS;
      report(['container', 'draining', 'jobSeconds'], {
        what: `makes ${acceptSeconds + jobSeconds} seconds with acceptSeconds (${acceptSeconds}), but Fargate kills a container after ${LONGEST_STOP_SECONDS}`,
        got: jobSeconds,
        todo: `lower one of the two, to ${most} together`,
      });
    } else if (needed > stopTimeoutSeconds) {
      report(['container', 'stopTimeoutSeconds'], {
        what: `is shorter than the draining of a container: draining.acceptSeconds (${acceptSeconds}), draining.jobSeconds (${jobSeconds}) and ${EXIT_SECONDS} to exit`,
        got: stopTimeoutSeconds,
        todo: `raise it to at least ${needed}, or lower these`,
      });
    }
  },
});

/** Planned stops: ECS deregisters the target before SIGTERM, and the load balancer closes open connections at the end of the delay. */
const delayCoversJobs = rule({
  reads: ['container', 'loadBalancer'],
  check({ container: { draining }, loadBalancer }, report) {
    const { idleTimeoutSeconds, deregistrationDelaySeconds: delay } = loadBalancer;
    const idle = Math.min(idleTimeoutSeconds, LONGEST_DELAY_SECONDS);
    const stop = draining.acceptSeconds + draining.jobSeconds;
    if (delay >= Math.max(idle, stop)) return;
    const reason =
      idle >= stop
        ? `loadBalancer.idleTimeoutSeconds (${idleTimeoutSeconds})`
        : `container.draining (${stop} seconds in all)`;
    report(['loadBalancer', 'deregistrationDelaySeconds'], {
      what: `is below ${reason}, so a deployment could interrupt a job`,
      got: delay,
      todo: `raise it to at least ${Math.max(idle, stop)}`,
    });
  },
});

interface UnhealthyAlarm {
  readonly periodSeconds: number;
  readonly datapointsToAlarm: number;
}

/** A slow start is not a failure: both alarms on unhealthy hosts wait for the grace period. */
const firesAfterStart = rule({
  reads: ['alarms', 'gates', 'container', 'service'],
  check({ alarms, gates, container, service }, report) {
    const grace = service.healthCheckGracePeriodSeconds;
    const start = container.healthCheck.startPeriodSeconds;
    for (const [section, { unhealthyHostCount }] of Object.entries({ alarms, gates })) {
      checkAlarm(section, unhealthyHostCount, Math.max(grace, start), grace >= start, report);
    }
  },
});

function checkAlarm(section: string, alarm: UnhealthyAlarm, seconds: number, isGrace: boolean, report: Report) {
  const { periodSeconds, datapointsToAlarm } = alarm;
  if (periodSeconds * datapointsToAlarm >= seconds) return;
  const reason = isGrace ? 'service.healthCheckGracePeriodSeconds' : 'container.healthCheck.startPeriodSeconds';
  report([section, 'unhealthyHostCount', 'datapointsToAlarm'], {
    what: `fires after ${periodSeconds * datapointsToAlarm} seconds, while a new task may be unhealthy for ${seconds} (${reason})`,
    got: datapointsToAlarm,
    todo: `raise it to at least ${Math.ceil(seconds / periodSeconds)}, and evaluationPeriods to no less`,
  });
}

export const drainingRules = [endsBeforeKill, delayCoversJobs, firesAfterStart];
