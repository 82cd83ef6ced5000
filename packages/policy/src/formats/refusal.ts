import type { Environment } from '@nightshift/config';
import { type Problem, UserError } from '@nightshift/errors';
import type { Report } from '../check-policies';
import { describeViolation, subjectText, type Violation, WAIVERS } from '../violation';
import { counted } from './report-text';

type Named = Pick<Environment, 'name' | 'suffix'>;

/** The error with all violations of severity `error`; undefined without one. */
export function refusalOf({ violations, passed }: Report, environment: Named): UserError | undefined {
  if (passed) return undefined;
  const refused = violations.filter(({ rule }) => rule.severity === 'error').map((one) => problemOf(one, environment));
  return new UserError(
    {
      where: environment.suffix,
      what: 'policy check failed',
      got: counted(refused.length, 'violation'),
      todo: `fix ${refused.length === 1 ? 'it' : 'each'} as shown, or add a waiver (docs/policy.md)`,
    },
    ...refused,
  );
}

/** One line for each violation of severity `warning`. @param stack @default - those of all stacks */
export function warningsOf({ violations }: Report, stack?: string): readonly string[] {
  return violations
    .filter(({ rule, subject }) => rule.severity === 'warning' && (stack === undefined || subject.stack === stack))
    .map(describeViolation);
}

function problemOf({ rule, subject, got, fix }: Violation, { name }: Named): Problem {
  const file = subject.stack === WAIVERS ? `environments/${name}.yaml: ` : '';
  return {
    where: `${file}${subjectText(subject)}`,
    what: `${rule.id}: ${rule.what}`,
    got,
    todo: `${fix} (why: ${rule.why.replace(/\.$/, '')})`,
  };
}
