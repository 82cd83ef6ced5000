import { fargateSizes } from '../../fargate-sizes';
import { rule } from './rule';

const taskSize = rule({
  reads: ['task'],
  check({ task: { cpu, memoryMiB } }, report) {
    const sizes: readonly number[] = fargateSizes[cpu];
    if (sizes.includes(memoryMiB)) return;
    const [smallest, second] = sizes;
    const step = Number(second) - Number(smallest);
    report(['task', 'memoryMiB'], {
      what: `is not a size that Fargate offers with ${cpu} CPU units`,
      got: memoryMiB,
      todo: `use ${sizes.length === 3 ? sizes.join(', ') : `${smallest} to ${sizes.at(-1)} in steps of ${step}`}`,
    });
  },
});

const capacity = rule({
  reads: ['service'],
  check({ service: { capacity } }, report) {
    const { spotWeight, onDemandWeight, onDemandBase } = capacity;
    if (spotWeight + onDemandWeight === 0) {
      report(['service', 'capacity', 'onDemandWeight'], {
        what: 'leaves no capacity, because spotWeight is also 0',
        got: onDemandWeight,
        todo: 'set one of the two above 0',
      });
    } else if (onDemandBase > 0 && onDemandWeight === 0) {
      report(['service', 'capacity', 'onDemandBase'], {
        what: 'needs on-demand capacity, but onDemandWeight is 0',
        got: onDemandBase,
        todo: 'set onDemandWeight above 0, or use 0',
      });
    }
  },
});

const minimumBelowMaximum = rule({
  reads: ['scaling'],
  check({ scaling: { minimum, maximum } }, report) {
    if (minimum <= maximum) return;
    report(['scaling', 'minimum'], {
      what: `is above maximum (${maximum})`,
      got: minimum,
      todo: 'lower it or raise maximum',
    });
  },
});

const desiredBetween = rule({
  reads: ['scaling', 'service'],
  check({ scaling: { minimum, maximum }, service: { desiredCount } }, report) {
    if (minimum > maximum || (minimum <= desiredCount && desiredCount <= maximum)) return;
    report(['service', 'desiredCount'], {
      what: 'is not between scaling.minimum and scaling.maximum',
      got: desiredCount,
      todo: `use a number from ${minimum} to ${maximum}`,
    });
  },
});

const scaleInBelowScaleOut = rule({
  reads: ['scaling'],
  check({ scaling: { scaleIn, scaleOut } }, report) {
    if (scaleIn.cpuPercent < scaleOut.cpuPercent) return;
    report(['scaling', 'scaleIn', 'cpuPercent'], {
      what: `is not below scaleOut.cpuPercent (${scaleOut.cpuPercent}), so scale-out and scale-in would alternate without end`,
      got: scaleIn.cpuPercent,
      todo: 'lower it',
    });
  },
});

const plainOrSecret = rule({
  reads: ['container'],
  check({ container }, report) {
    for (const [name, parameter] of Object.entries(container.secrets)) {
      if (!Object.hasOwn(container.environment, name)) continue;
      report(['container', 'secrets', name], {
        what: 'is also in container.environment',
        got: parameter,
        todo: 'remove one of the two',
      });
    }
  },
});

const previousPortIsAnother = rule({
  reads: ['container'],
  check({ container: { port, previousPort } }, report) {
    if (previousPort !== port) return;
    report(['container', 'previousPort'], { what: 'is the same as container.port', got: port, todo: 'remove it' });
  },
});

/** The container gets its port as PORT. */
const portVariable = rule({
  reads: ['container'],
  check({ container: { port, environment, secrets } }, report) {
    for (const [section, variables] of Object.entries({ environment, secrets })) {
      if (!Object.hasOwn(variables, 'PORT') || variables['PORT'] === String(port)) continue;
      report(['container', section, 'PORT'], {
        what: `is not container.port (${port}), which the container gets as PORT`,
        got: variables['PORT'],
        todo: 'remove it',
      });
    }
  },
});

/** Variables of the platform and their settings: apps/compute/src/container-definition.ts (R4.2). */
const PLATFORM_VARIABLES = {
  ENVIRONMENT_SUFFIX: 'the suffix of the environment',
  AWS_REGION: 'region',
  LOG_GROUP_NAME: 'the log group of the container',
  ACCEPT_SECONDS: 'container.draining.acceptSeconds',
  DRAIN_SECONDS: 'container.draining',
  KEEP_ALIVE_SECONDS: 'loadBalancer.idleTimeoutSeconds',
};

const platformVariable = rule({
  reads: ['container'],
  check({ container: { environment, secrets } }, report) {
    for (const [section, variables] of Object.entries({ environment, secrets })) {
      for (const [name, source] of Object.entries(PLATFORM_VARIABLES)) {
        if (!Object.hasOwn(variables, name)) continue;
        report(['container', section, name], {
          what: `is set by the platform, from ${source}`,
          got: variables[name],
          todo: 'remove it',
        });
      }
    }
  },
});

export const serviceRules = [
  taskSize,
  capacity,
  minimumBelowMaximum,
  desiredBetween,
  scaleInBelowScaleOut,
  plainOrSecret,
  previousPortIsAnother,
  portVariable,
  platformVariable,
];
