import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nearest } from '@nightshift/config/nearest';
import { describeProblem, type Problem } from '@nightshift/errors';
import type { RequestedRun } from './requested-run';
import { isReleaseVerb, isStackVerb, targetNames } from './targets';

interface Workspace {
  readonly workspaceRoot: string;
  /** All projects. */
  readonly projects: readonly string[];
  /** Projects that are stacks. */
  readonly stacks: readonly string[];
}

/** The process of Nx, and how it runs another program. */
interface NxProcess {
  readonly write: (text: string) => unknown;
  readonly exit: (code: number) => unknown;
  readonly run: (command: readonly string[], cwd: string) => number | null;
}

const thisProcess: NxProcess = {
  write: (text) => process.stderr.write(text),
  exit: (code) => process.exit(code),
  run: (command, cwd) => spawnSync(process.execPath, command, { cwd, stdio: 'inherit' }).status,
};

/**
 * Answers before Nx does: Nx prints the help of its executor for a target, does not correct names, and ends with 0 if no project
 * has a target. Nx calls no hook before that, but it asks the plugin for projects.
 */
export function answerEarly(
  run: Pick<RequestedRun, 'projects' | 'targets' | 'help'>,
  workspace: Workspace,
  { write, exit, run: runProgram }: NxProcess = thisProcess,
): void {
  const problem = misspelt(run, workspace);
  if (problem) {
    write(`error ${describeProblem(problem)}\n`);
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
