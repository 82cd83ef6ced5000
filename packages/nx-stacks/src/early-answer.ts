import { join } from 'node:path';
import { nearest } from '@nightshift/config/nearest';
import { describeProblem, type Problem } from '@nightshift/errors';
import { type RequestedRun, runNode } from './requested-run';
import { isReleaseVerb, isStackVerb, targetNames } from './targets';

interface Workspace {
  readonly workspaceRoot: string;
  /** All projects. */
  readonly projects: readonly string[];
  /** Projects that are stacks. */
  readonly stacks: readonly string[];
}

/**
 * Handles requests before Nx does: Nx prints the help of its executor for a target, does not correct names, and exits with 0 if no project
 * has a target. Nx calls no hook before that, but it requests the projects from the plugin.
 */
export function answerEarly(
  run: Pick<RequestedRun, 'projects' | 'targets' | 'help'>,
  workspace: Workspace,
  { stderr, exit }: Pick<NodeJS.Process, 'stderr' | 'exit'> = process,
  runProgram = runNode,
): void {
  const problem = misspelt(run, workspace);
  if (problem) {
    stderr.write(`error ${describeProblem(problem)}\n`);
    exit(1);
    return;
  }
  const [target] = run.targets;
  if (!run.help || target === undefined || !(isStackVerb(target) || isReleaseVerb(target))) return;
  const command = join('packages', 'cli', 'bin', 'nightshift.mjs');
  exit(runProgram([command, target, '--help'], workspace.workspaceRoot) ?? 1);
}

/** A project or target that does not exist, if there is a similar one of ours. */
function misspelt(
  { projects = [], targets }: Pick<RequestedRun, 'projects' | 'targets'>,
  workspace: Workspace,
): Problem | undefined {
  for (const got of projects.filter((project) => !workspace.projects.includes(project))) {
    const project = nearest(got, workspace.stacks);
    if (project !== undefined && targets.some((target) => targetNames.includes(target)))
      return { where: 'nx', what: 'project not found', got, todo: `did you mean ${project}?` };
  }
  for (const got of targets.filter((target) => !targetNames.includes(target))) {
    const target = nearest(got, targetNames);
    if (target !== undefined) return { where: 'nx', what: 'target not found', got, todo: `did you mean ${target}?` };
  }
  return undefined;
}
