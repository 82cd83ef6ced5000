import type { Path } from '@nightshift/policy';
import type { Command } from 'commander';
import type { Directories } from '@nightshift/stack-run';
import type { CheckedSynthesis, Effects } from '../effects';
import { ExitCode } from '@nightshift/errors';
import { z } from 'zod';
import { plainResult, plainResultOf } from '../json-result';
import { addPolicyInputOptions, loadPolicyInputs, type PolicyInputOptions } from './policy/policy-inputs';
import type { ProcessVariables } from '@nightshift/aws-access';
import type { Terminal } from '@nightshift/console';
import type { Immutable } from '@nightshift/console/json';

const step = z.object({
  stack: z.string(),
  path: z.string().describe('Construct path.'),
  address: z.string().describe('Address of Terraform.'),
  does: z.string().describe('Why it lets the traffic pass, as text for people.'),
});

const connection = z.object({
  from: z.string(),
  to: z.string(),
  ports: z.object({ protocol: z.string(), from: z.number(), to: z.number() }).describe('The first and the last port.'),
  steps: z.array(step),
});

export const output = {
  reach: plainResult('reach', {
    judged: z.string().describe('Name of the environment, the directory or the plan.'),
    from: z.string(),
    to: z.string(),
    reaches: z.boolean().describe('There is a path.'),
    paths: z
      .array(z.array(connection))
      .describe('Each path is a list of connections, such as by way of a load balancer.'),
  }),
};

interface ReachOptions extends PolicyInputOptions {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects): void {
  addPolicyInputOptions(
    command
      .requiredOption(
        '--from <place>',
        'source: internet, load-balancer, tasks, endpoints, or the path or address of a resource',
      )
      .requiredOption('--to <place>', 'destination: the same values, or the service of a gateway endpoint, such as s3'),
  )
    .usage('--from <place> --to <place> (-c <environment> | --stacks <directory> | --plan <file>) [options]')
    .description(
      'Compute the network paths from one place to another, with their ports and every subnet, route, gateway, security group, network ACL and listener on the way.',
    )
    .option('--json', 'print one JSON object')
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

async function answerReach(
  options: ReachOptions,
  effects: Terminal & ProcessVariables & Directories & CheckedSynthesis,
): Promise<void> {
  const { from, to, json = false } = options;
  const inputs = await loadPolicyInputs('reach', options, '-c, --stacks or --plan', effects);
  const { describePath, reach } = await import('@nightshift/policy');
  for (const { name, model } of inputs) {
    const paths = reach(model, { from, to });
    if (json) {
      const answer = { judged: name, from, to, reaches: paths.length > 0, paths: paths.map(connections) };
      effects.stdout.json(output.reach, { ...plainResultOf('reach'), ...answer, exitCode: ExitCode.done });
    } else {
      const ways = paths.map((path) => describePath(path).join('\n'));
      effects.stdout.write(`${ways.join('\n\n') || `no path from ${from} to ${to}`}\n`);
    }
  }
}

function connections(path: Path): Immutable<z.output<typeof connection>[]> {
  return path.map(({ from, to, ports, steps }) => ({
    from,
    to,
    ports,
    steps: steps.map(({ by: { stack, path: by, address }, does }) => ({ stack, path: by, address, does })),
  }));
}
