import { releaseTiming, usualMinutes } from '../planning/release-timing';
import type { Check, Finding } from './check';
import type { Surroundings } from './surroundings';

/** Whether so many minutes from now on reach into a processing window (R14.2). */
export type WindowCheck = (minutes: number) => Finding | Promise<Finding>;

/** The release ends before the next processing window opens. */
export function windowCheck({ settings, target, environment }: Surroundings, look: WindowCheck): Check {
  return {
    title: 'processing window',
    look: async () => {
      if (environment.processingWindows.length === 0) return { mark: 'SKIP', detail: 'the environment has none' };
      const minutes = usualMinutes(releaseTiming(target, await settings()));
      return await look(minutes);
    },
  };
}
