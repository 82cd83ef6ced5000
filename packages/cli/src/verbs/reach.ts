import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addJudgedOptions } from '../policy/judged-options';
import { answerReach, type ReachOptions } from '../reach/answer-reach';

export function register(command: Command, effects: Effects): void {
  addJudgedOptions(
    command
      .requiredOption(
        '--from <place>',
        'internet, load-balancer, tasks, endpoints, or the path or address of a resource',
      )
      .requiredOption('--to <place>', 'the same, or the service of a gateway endpoint, such as s3'),
  )
    .description(
      'Says whether one place reaches another, over which ports, and why: every subnet, route, gateway, security group, network ACL and listener that lets it.',
    )
    .option('--json', 'print the answer as one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift reach --from internet --to tasks -c dev
  npx nightshift reach --from tasks --to internet --plan plan.json`,
    )
    .action(async (options: ReachOptions) => {
      await answerReach(options, effects);
    });
}
