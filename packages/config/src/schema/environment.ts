import type { z } from 'zod';
import { deliveryRules } from './rules/delivery-rules';
import { drainingRules } from './rules/draining-rules';
import { networkRules } from './rules/network-rules';
import type { Report } from './rules/rule';
import { serviceRules } from './rules/service-rules';
import { trafficRules } from './rules/traffic-rules';
import { windowRules } from './rules/window-rules';
import { type EnvironmentFile, sections } from './sections';

/** The schema of `environments/<name>.yaml`. The defaults are the values of the requirements, so that a file contains only differences. */
export const environmentFile = sections.superRefine(crossFieldRules, {
  // Problems in one section must not hide those in another, so each rule declares the sections that it reads.
  when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
});

const rules = [...networkRules, ...serviceRules, ...trafficRules, ...drainingRules, ...deliveryRules, ...windowRules];

/**
 * Rules for several fields. A rule whose sections have invalid types is skipped; the others run, so that the user sees all problems at
 * once.
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
