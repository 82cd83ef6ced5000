import { UserError } from '@nightshift/errors';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { plainResult, plainResultOf } from '../../json-result';
import { ExitCode } from '@nightshift/errors';
import { unknownAction } from '../../nightshift-command';
import type { LocalClouds } from '@nightshift/aws-access';
import type { Terminal } from '@nightshift/console';
import type { Immutable } from '@nightshift/console/json';

/** As in `FAULT_ANSWERS` of the local cloud. */
const ANSWERS = ['throttle', 'error', 'lost'];

const faultSchema = z
  .object({
    actions: z.array(z.string()).describe('Such as `ecs:DescribeServices`; can end in `*`.'),
    answer: z.string().describe(`One of ${ANSWERS.join(', ')}.`),
    every: z.number().describe('Every n-th call fails.'),
    share: z.number().describe('Share of the calls that fail: above 0 and up to 1.'),
    seen: z.number().describe('Calls of these actions.'),
    struck: z.number().describe('Calls of them that failed.'),
  })
  .describe('A fault as the local cloud lists it.');

type Fault = Immutable<z.output<typeof faultSchema>>;

export const faultOutput = plainResult('local fault list', { faults: z.array(faultSchema) });

interface Interruption {
  readonly interrupted: readonly string[];
  readonly spotAvailable: boolean;
}

/** In percent, null if it is measured. */
interface Load {
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
}

type Usage = number | 'measured';

interface AddOptions {
  readonly answer: string;
  readonly every?: number;
  readonly share?: number;
}

const EXAMPLES = `
Examples:
  npx nightshift local fault add codedeploy:GetDeployment --answer throttle --every 2
  npx nightshift local fault add 'ecs:Describe*' --answer error --share 0.2
  npx nightshift local fault interrupt ecs-service-local
  npx nightshift local fault load ecs-service-local --cpu 85

An action is <signing name>:<action>, such as ecs:DescribeServices. It can end in *; * alone matches every call. The actions
of S3 are s3:GET, s3:PUT and so on.`;

/** `local fault`: failed calls, interrupted Spot tasks, and CPU or memory usage. */
export function registerFault(command: Command, effects: Pick<Terminal, 'stdout'> & LocalClouds): void {
  const { stdout, localCloud } = effects;
  const faults = async (method: 'GET' | 'POST' | 'DELETE', body?: object) => {
    const answer = await (await localCloud()).control({ method, path: 'faults', body });
    return (answer as { readonly faults: readonly Fault[] }).faults;
  };

  const fault = command
    .command('fault')
    .description('Inject faults: make API calls fail, interrupt Spot tasks, or set the CPU usage of tasks.')
    .usage('add <action...> | list | clear | interrupt <service> | load <service>')
    .helpCommand(false)
    .allowExcessArguments()
    .addHelpText('after', EXAMPLES)
    .argument('[action]')
    .action((action: string | undefined) => {
      throw unknownAction(fault, action);
    });

  fault
    .command('add')
    .description('Make calls of these actions fail.')
    .argument('<action...>', 'such as codedeploy:GetDeployment, ecs:Describe* or *')
    .addOption(
      new Option('--answer <answer>', 'type of failure; AWS carries out a lost call, but the response is an error')
        .choices(ANSWERS)
        .default('throttle'),
    )
    .option('--every <number>', 'fail only every n-th call (default: 1)', wholeNumber('add --every', 1))
    .option('--share <number>', 'fail only a share of the calls, above 0 and up to 1 (default: 1)', share)
    .action(async (actions: string[], options: AddOptions) => {
      stdout.write(faultLines(await faults('POST', { actions, ...options })));
    });

  fault
    .command('list')
    .description('List the faults, with the number of matching and failed calls.')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const listed = await faults('GET');
      const result = { ...plainResultOf('local fault list'), faults: listed, exitCode: ExitCode.done };
      if (json) stdout.json(faultOutput, result);
      else stdout.write(faultLines(listed));
    });

  fault
    .command('clear')
    .description('Remove all faults.')
    .action(async () => {
      stdout.write(faultLines(await faults('DELETE')));
    });

  fault
    .command('interrupt')
    .description('Interrupt Spot tasks of a service with the two-minute warning, or remove the Spot capacity.')
    .argument('<service>', 'name or ARN of the service, such as ecs-service-local')
    .option(
      '--count <number>',
      'number of tasks to interrupt (default: 1, or 0 with --spot)',
      wholeNumber('interrupt --count', 0),
    )
    .addOption(new Option('--spot <capacity>', 'turn the Spot capacity on or off').choices(['on', 'off']))
    .action(async (service: string, { count, spot }: { count?: number; spot?: 'on' | 'off' }) => {
      const body = { service, count, ...(spot && { spotAvailable: spot === 'on' }) };
      const answer = await (await localCloud()).control({ method: 'POST', path: 'interrupt', body });
      const { interrupted, spotAvailable } = answer as Interruption;
      stdout.write(`${String(interrupted.length)} tasks of ${service} interrupted.\n`);
      for (const task of interrupted) stdout.write(`  ${task}\n`);
      stdout.write(`New Spot tasks ${spotAvailable ? 'can' : 'cannot'} start.\n`);
    });

  fault
    .command('load')
    .description('Set the CPU or memory usage of all tasks of a service, so that its alarms and auto-scaling act.')
    .argument('<service>', 'name or ARN of the service, such as ecs-service-local')
    .option('--cpu <percent>', 'CPU usage from 0 to 100, or measured', percent('load --cpu'))
    .option('--memory <percent>', 'memory usage from 0 to 100, or measured', percent('load --memory'))
    .action(async (service: string, { cpu, memory }: { cpu?: Usage; memory?: Usage }) => {
      const body = { service, cpuPercent: requested(cpu), memoryPercent: requested(memory) };
      const answer = await (await localCloud()).control({ method: 'POST', path: 'load', body });
      const { cpuPercent, memoryPercent } = answer as Load;
      stdout.write(`Usage of the tasks of ${service}: CPU ${usage(cpuPercent)}, memory ${usage(memoryPercent)}.\n`);
    });
}

function usage(value: number | null): string {
  return value === null ? 'measured' : `${String(value)} %`;
}

function requested(value: Usage | undefined): number | null | undefined {
  return value === 'measured' ? null : value;
}

function percent(option: string): (text: string) => Usage {
  return (text) => {
    if (text === 'measured') return text;
    const number = Number(text);
    if (text.trim() !== '' && number >= 0 && number <= 100) return number;
    throw new UserError({
      where: `nightshift local fault ${option}`,
      what: 'invalid percentage',
      got: text,
      todo: 'use a number from 0 to 100, or measured',
    });
  };
}

function faultLines(faults: readonly Fault[]): string {
  if (faults.length === 0) return 'No faults.\n';
  const lines = faults.map(({ actions, answer, every, share: part, seen, struck }) => {
    const which = [every > 1 ? ` every ${String(every)} calls` : '', part < 1 ? ` a share of ${String(part)}` : ''];
    return `  ${actions.join(' ')}: ${answer}${which.join('')}, ${String(struck)} of ${String(seen)} calls failed\n`;
  });
  return `Faults of the local cloud:\n${lines.join('')}`;
}

function wholeNumber(option: string, least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= least) return number;
    throw new UserError({
      where: `nightshift local fault ${option}`,
      what: 'invalid number',
      got: text,
      todo: `use a whole number, at least ${String(least)}`,
    });
  };
}

function share(text: string): number {
  const number = Number(text);
  if (number > 0 && number <= 1) return number;
  throw new UserError({
    where: 'nightshift local fault add --share',
    what: 'invalid share',
    got: text,
    todo: 'use a number above 0 and up to 1, such as 0.2',
  });
}
