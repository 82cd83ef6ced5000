import type { z } from 'zod';
import { quantile } from '../risk/historical-simulation';
import { MOST_PROBLEMS } from './long-lists';

type Issues = z.core.$RefinementCtx['issues'];
type Report = (path: readonly PropertyKey[], message: string, input?: unknown) => void;

/** The values that rules read; each rule reads only valid ones. */
interface Readable {
  readonly positions: readonly { readonly instrument: string }[];
  readonly scenarios: {
    readonly dates: readonly string[];
    readonly returns: Readonly<Record<string, readonly number[]>>;
  };
  readonly confidence: number;
}

type Section = 'positions' | 'dates' | 'returns' | 'confidence';

interface Rule {
  readonly reads: readonly Section[];
  readonly check: (job: Readable, report: Report) => void;
}

const rules: readonly Rule[] = [
  {
    reads: ['dates'],
    check: ({ scenarios: { dates } }, report) => {
      const seen = new Set<string>();
      dates.forEach((date, index) => {
        if (seen.has(date)) report(['scenarios', 'dates', index], 'is in the list twice - send each day once', date);
        seen.add(date);
      });
    },
  },
  {
    reads: ['dates', 'confidence'],
    check: ({ scenarios: { dates }, confidence }, report) => {
      if (quantile(confidence, dates.length).tail >= 1) return;
      // 1 / (1 - 0.99) is not 100 but a little less or more.
      const least = Math.ceil((1 - 1e-9) / (1 - confidence));
      const message = `are too few for a confidence of ${confidence} - send at least ${least} scenarios, or lower the confidence`;
      report(['scenarios', 'dates'], message, dates.length);
    },
  },
  {
    reads: ['dates', 'returns'],
    check: ({ scenarios: { dates, returns } }, report) => {
      for (const [instrument, list] of Object.entries(returns)) {
        if (list.length === dates.length) continue;
        const message = `has not one return for each of the ${dates.length} dates - send as many`;
        report(['scenarios', 'returns', instrument], message, list.length);
      }
    },
  },
  {
    reads: ['positions', 'returns'],
    check: ({ positions, scenarios: { returns } }, report) => {
      positions.forEach(({ instrument }, index) => {
        if (Object.hasOwn(returns, instrument)) return;
        const message = 'has no returns - add it to scenarios.returns, or remove the position';
        report(['positions', index, 'instrument'], message, instrument);
      });
    },
  },
];

/** Rules over several fields. A rule that reads an invalid field is skipped. The others run, so that the caller sees all problems at once. */
export function scenarioRules(job: Readable, { issues }: z.core.$RefinementCtx): void {
  const wrong = new Set(issues.flatMap(sectionsOf));
  for (const { reads, check } of rules) {
    if (reads.some((section) => wrong.has(section))) continue;
    check(job, (path, message, input) => {
      if (issues.length <= MOST_PROBLEMS) issues.push({ code: 'custom', path: [...path], message, input });
    });
  }
}

/** The sections of an issue. */
function sectionsOf({ code, path = [] }: Issues[number]): readonly PropertyKey[] {
  if (code === 'unrecognized_keys') return [];
  const [section = 'job', part = section] = path;
  if (part === 'job') return ['positions', 'dates', 'returns', 'confidence'];
  return part === 'scenarios' ? ['dates', 'returns'] : section === 'scenarios' ? [part] : [section];
}
