import type { Check } from './check';
import type { Surroundings } from './surroundings';

/** A release makes as many new tasks as are desired: of none nobody would know whether they work. */
export function desiredCountCheck({ running, target, environment }: Surroundings): Check {
  return {
    title: 'desired count',
    look: async () => {
      const { desiredCount = 0, runningCount = 0 } = (await running()).service;
      if (desiredCount >= 1) {
        return { mark: 'OK', detail: `${String(desiredCount)}, of which ${String(runningCount)} run` };
      }
      const count = String(environment.scaling.minimum);
      const place = `--cluster ${target.cluster} --service ${target.service} --region ${environment.region}`;
      return {
        mark: 'NG',
        detail: '0: no task would show whether the new version works',
        remedy: `start some first: aws ecs update-service ${place} --desired-count ${count}`,
      };
    },
  };
}
