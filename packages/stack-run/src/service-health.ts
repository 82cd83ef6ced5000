import { type Colours, duration } from '@nightshift/console';
import { everydayCommands, ExitCode } from '@nightshift/errors';
import type { UnhealthyService } from '@nightshift/release';
import type { ChosenStack } from './chosen-stack';
import type { TerraformHandoff } from './effects';
import { unlessRefused } from './release-handoff';
import type { z } from 'zod';
import type { Outcome, RunContext } from './run-stack';

type Stack = Pick<ChosenStack, 'name' | 'environment' | 'hasResource'>;

/** No task is healthy, although Terraform has succeeded. */
export interface NoHealthyTask {
  /** For people. */
  readonly lines: (colours: Colours) => readonly string[];
  /** The end of the run. */
  readonly ending: Pick<Outcome<z.ZodObject>, 'problems' | 'exitCode'>;
}

/**
 * Waits for a healthy task of the stack with the service. If AWS does not answer, a note says so: the deployment itself has succeeded.
 * @returns undefined if a task is healthy, and for other stacks.
 */
export async function verifyService(
  stack: Stack,
  { releases }: TerraformHandoff,
  { note, interrupt }: Pick<RunContext, 'note' | 'interrupt'>,
): Promise<NoHealthyTask | undefined> {
  const problem = await unlessRefused(stack, 'service', 'check whether a task is healthy', note, () =>
    releases.awaitHealthyTask(
      stack.environment,
      () => {
        note('waiting until a task is healthy');
      },
      interrupt,
    ),
  );
  return problem && noHealthyTask(stack, problem, interrupt.aborted);
}

/** Keeps the images that the service needs in the repository (R2.2). Does not fail without the permissions. */
export async function keepImages(
  stack: Stack,
  { releases }: TerraformHandoff,
  note: RunContext['note'],
): Promise<void> {
  await unlessRefused(stack, 'service', 'keep the images in use', note, () => releases.keepImages(stack.environment));
}

function noHealthyTask({ name, environment }: Stack, problem: UnhealthyService, interrupted: boolean): NoHealthyTask {
  const { nightshift, nxRun } = everydayCommands(environment);
  const verify = `then verify: ${nxRun(name, 'deploy')}`;
  const pushes = environment.cloud === 'local' && problem.kind === 'missing-image';
  const [what, todo] =
    problem.kind === 'missing-image'
      ? [
          `deployed, but no task is healthy: image ${problem.image} is not in ${problem.repository}`,
          `push it${pushes ? `: ${nightshift(`local push ${problem.image}`)}` : ', as docs/deployment.md describes'}. ECS then starts the tasks by itself; ${verify}`,
        ]
      : [
          `deployed, but no task is healthy after ${duration(problem.milliseconds)}: ${problem.reason}`,
          `see the tasks: ${nightshift('status')}, and fix the cause; ${verify}`,
        ];
  return {
    lines: ({ yellow }) => [`  ${yellow('!')} ${what}`, `      ${todo}`],
    ending: { problems: [`${what} - ${todo}`], exitCode: interrupted ? ExitCode.interrupted : ExitCode.noHealthyTask },
  };
}
