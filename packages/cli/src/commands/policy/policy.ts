import { UserError, ExitCode } from '@nightshift/errors';
import type { Report } from '@nightshift/policy';
import { policyReport, policyRule, reportJson } from '@nightshift/policy/report';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { version } from '../../../package.json';
import type { Directories } from '@nightshift/stack-run';
import type { CheckedSynthesis, Effects } from '../../effects';
import { plainResult, plainResultOf } from '../../json-result';
import {
  addPolicyInputOptions,
  selectedInputs,
  loadPolicyInputs,
  type PolicyInput,
  type PolicyInputOptions,
} from './policy-inputs';
import type { ProcessVariables } from '@nightshift/aws-access';
import { dayOf, type Terminal, type Time, type ProcessControl } from '@nightshift/console';

const judged = policyReport.extend({
  name: z.string().describe('Name of the environment, the directory or the plan.'),
});

const result = plainResult('policy', { judged: z.array(judged).describe('One report for each input.') });

const ruleList = z.array(policyRule).describe('With `--rules`: one array.');

export const output = { policy: z.union([result, ruleList]) };

const FORMATS = ['text', 'table', 'json', 'sarif'] as const;

interface PolicyOptions extends PolicyInputOptions {
  readonly format: (typeof FORMATS)[number];
  readonly rules?: boolean;
  readonly strict?: boolean;
}

type CheckedInput = PolicyInput & { readonly report: Report };

export function register(command: Command, effects: Effects): void {
  addPolicyInputOptions(command)
    .usage('(-c <environment> | --all | --stacks <directory> | --plan <file>) [options]')
    .description(
      'Check all stacks of an environment against the policy rules. Prints the resource, the reason and the fix of each violation. Exits with 1 if there is an error without a waiver. Synthesizes the environment from the current sources.',
    )
    .option('--all', 'check all environments; profiles use ENVIRONMENT_SUFFIX, or pr-1')
    .addOption(new Option('--format <format>', 'format of the report').choices([...FORMATS]).default('text'))
    .option(
      '--strict',
      'exit with 1 also if something could not be checked, such as a value that is unknown until apply',
    )
    .option('--rules', 'list all rules and exit')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift policy -c dev
  npx nightshift policy --all --format sarif > policy.sarif   for GitHub code scanning
  npx nightshift policy --plan plan.json                      any Terraform plan

To read a report, waive a violation or add a rule, see docs/policy.md.`,
    )
    .action(async (options: PolicyOptions) => {
      if (options.rules) await listRules(options, effects);
      else await check(options, effects);
    });
}

async function check(
  options: PolicyOptions,
  effects: Terminal & Time & ProcessVariables & Directories & ProcessControl & CheckedSynthesis,
): Promise<void> {
  const inputs = await loadPolicyInputs('policy', options, '-c, --all, --stacks or --plan', effects);
  const { checkPolicies } = await import('@nightshift/policy');
  const today = dayOf(effects.now());
  const checked = inputs.map((input) => ({
    ...input,
    report: checkPolicies(input.model, input.environment?.waivers ?? [], today),
  }));
  const { strict = false } = options;
  const passed = checked.every(({ report }) => report.passed && !(strict && report.notChecked.length > 0));
  if (options.format === 'json') await printJson(checked, passed, strict, effects);
  else effects.stdout.write(await formatted(options.format, strict, checked, effects));
  effects.exitWith(passed ? ExitCode.done : ExitCode.userMustAct);
}

async function printJson(
  checked: readonly CheckedInput[],
  passed: boolean,
  strict: boolean,
  { stdout }: Pick<Terminal, 'stdout'>,
): Promise<void> {
  const { describeNotChecked, describeViolation } = await import('@nightshift/policy');
  const problems = checked.flatMap(({ name, report: { violations, notChecked } }) => [
    ...violations
      .filter(({ rule }) => rule.severity === 'error')
      .map((violation) => `${name}: ${describeViolation(violation)}`),
    ...(strict ? notChecked.map((one) => `${name}: ${describeNotChecked(one)}`) : []),
  ]);
  stdout.json(result, {
    ...plainResultOf('policy', passed ? [] : problems),
    judged: checked.map(({ name, report }) => ({ name, ...reportJson(report) })),
    exitCode: passed ? ExitCode.done : ExitCode.userMustAct,
  });
}

async function formatted(
  format: Exclude<PolicyOptions['format'], 'json'>,
  strict: boolean,
  checked: readonly CheckedInput[],
  { stdout: { colours } }: Terminal,
): Promise<string> {
  const { reportSarif, reportText, ruleTable } = await import('@nightshift/policy');
  const titled = (show: (report: Report) => string) =>
    checked
      .map(({ name, report }) => `${checked.length > 1 ? `${colours.bold(name)}\n\n` : ''}${show(report)}\n`)
      .join('\n');
  switch (format) {
    case 'text':
      return titled(reportText);
    case 'table':
      return titled(ruleTable);
    case 'sarif':
      return `${JSON.stringify(
        reportSarif(
          checked.map(({ name, report, fileOf }) => ({ name, report, strict, fileOf })),
          version,
        ),
        undefined,
        2,
      )}\n`;
  }
}

async function listRules(options: PolicyOptions, { stdout }: Terminal): Promise<void> {
  const { format } = options;
  const wrong = [...selectedInputs(options), ...(format === 'sarif' ? ['--format sarif'] : [])];
  if (wrong.length > 0) {
    throw new UserError({
      where: 'nightshift policy --rules',
      what: 'cannot be combined with an input or SARIF',
      got: wrong.join(' '),
      todo: 'remove one of them; --format json is supported',
    });
  }
  const { ruleList: listOf, rules } = await import('@nightshift/policy');
  if (format === 'json') {
    const list = rules.map(({ id, severity, what, why, sources }) => ({ id, severity, what, why, sources }));
    stdout.json(ruleList, list);
  } else stdout.write(`${listOf(rules)}\n`);
}
