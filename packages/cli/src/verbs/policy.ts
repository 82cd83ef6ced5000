import { Option, type Command } from 'commander';
import type { Effects } from '../effects';
import { judge, type PolicyOptions } from '../policy/judge';
import { addJudgedOptions } from '../policy/judged-options';
import { policyFormats } from '../policy/policy-formats';

export function register(command: Command, effects: Effects): void {
  addJudgedOptions(command)
    .description(
      'Judges all stacks of an environment together by every rule: what breaks one, why that matters, how to mend it. Ends with 1 when something does that is no warning and not waived in the environment file. An environment is judged as its sources are now.',
    )
    .option('--all', 'judge every environment; a profile with ENVIRONMENT_SUFFIX, or pr-1')
    .addOption(new Option('--format <format>', 'how the report is printed').choices([...policyFormats]).default('text'))
    .option('--rules', 'list all rules, and judge nothing')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift policy -c dev
  npx nightshift policy --all --format sarif > policy.sarif   for code scanning
  npx nightshift policy --plan plan.json                      a plan of any configuration
docs/policy.md says how to read a report, waive a violation and add a rule.`,
    )
    .action(async (options: PolicyOptions) => {
      await judge(options, effects);
    });
}
