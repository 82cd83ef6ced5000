import type { z } from 'zod';
import { deliveryRules } from './rules/delivery-rules';
import { drainingRules } from './rules/draining-rules';
import { networkRules } from './rules/network-rules';
import type { Report } from './rules/rule';
import { serviceRules } from './rules/service-rules';
import { trafficRules } from './rules/traffic-rules';
import { windowRules } from './rules/window-rules';
import { type EnvironmentFile, sections } from './sections';

/** The shape of `environments/<name>.yaml`. Defaults are the requirements' numbers, so that a file says only what differs. */
export const environmentFile = sections.superRefine(crossFieldRules, {
  // Problems in one section must not hide those in another: each rule knows what it reads.
  when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
});

const rules = [...networkRules, ...serviceRules, ...trafficRules, ...drainingRules, ...deliveryRules, ...windowRules];

/**
 * Rules over several fields. One whose sections have values of a wrong type cannot be asked; the others are, so that a user sees all
 * that is wrong at once.
 */
function crossFieldRules(file: EnvironmentFile, context: z.core.$RefinementCtx): void {
  const { issues } = context;
  const unreadable = new Set(issues.filter((issue) => issue.continue !== true).map(({ path }) => path?.[0]));
  const known = new Set(issues.map(({ path }) => String(path)));
  const report: Report = (path, { what, todo, got }) => {
    if (known.has(String(path))) return;
    issues.push({ code: 'custom', path: [...path], message: `${what} - ${todo}`, input: got });
  };
  for (const { reads, check } of rules) {
    if (!reads.some((section) => unreadable.has(section))) check(file, report);
  }
}
