import { noteLine } from '@nightshift/console/json';
import { everydayCommands, ExitCode } from '@nightshift/errors';
import {
  checkLine,
  endedUnwatched,
  diffLines,
  diffRelease,
  planLine,
  type PreflightGroup,
  type ReleasePlan,
  type StartStep,
  versionName,
} from '@nightshift/release';
import { checklistLine, type Keyboard, type Terminal } from '@nightshift/console';
import { confirmLoss, requireAnswer } from '@nightshift/stack-run';
import { resultOf } from '../../json-result';
import { type ReleaseView, viewFor, type WatchedEnd, windowNotices } from '@nightshift/release-view';
import type { Releases } from './on-releases';
import type { ReleaseOptions } from './release-options';
import { releaseEnd, releaseResult, reportEnd, type Watched } from './report-end';
import { notes, watchToEnd } from './watch';

/** `release` and `rollback`: runs the checks, shows the differences, and releases (R10.5). */
export async function makeRelease(
  kind: ReleasePlan['kind'],
  options: ReleaseOptions,
  releases: Releases,
): Promise<void> {
  const { verb, environment, context, engine, effects } = releases;
  const { image, to, duringWindow, check = false, yes = false, json = false } = options;
  const asks = !yes && !check && effects.interactive;
  if (asks) requireAnswer(`nightshift ${kind}`, effects, json);
  const request = { kind, image, to, duringWindow };
  const checked = await unlessInterrupted(`${kind} of ${environment.suffix}`, effects, async () => {
    await reportUnfinishedRelease(releases, json);
    return await engine.preflight(context, request);
  });
  if (!checked) {
    const problems = ['the checks were interrupted, and nothing was changed'];
    const result = { ...resultOf({ verb, environment, problems }), exitCode: ExitCode.interrupted };
    if (json) effects.stdout.json(releaseResult(verb), result);
    effects.exitWith(ExitCode.interrupted);
    return;
  }
  const { groups, problems, plan } = checked;
  showChecks(groups, effects, json);
  if (!plan) {
    const { length } = problems;
    const all = groups.reduce((sum, { items }) => sum + items.length, 0);
    const text = `${String(length)} of ${String(all)} checks failed. Nothing was changed.\n`;
    const end = { kind: 'refused', problems } as const;
    if (json) effects.stdout.json(releaseResult(verb), releaseEnd({ verb, environment, end }));
    else effects.stdout.write(text);
    effects.exitWith(ExitCode.userMustAct);
    return;
  }
  showPlan(plan, effects, json);
  if (check) {
    const command = everydayCommands(environment).nightshift(verb);
    const chosen = image === undefined ? (to === undefined ? '' : ` --to ${to}`) : ` --image ${image}`;
    const text = `All checks passed. To start the release: ${command}${chosen}\n`;
    const result = { ...resultOf({ verb, environment }), checked: true, exitCode: ExitCode.done };
    if (json) effects.stdout.json(releaseResult(verb), result);
    else effects.stdout.write(text);
    return;
  }
  if (asks) await confirm(plan, effects);
  const view = viewFor({ suffix: environment.suffix, kind, notices: await windowNotices(environment) }, effects, json);
  await run(plan, view, options, releases);
}

/**
 * Runs the steps before a release changes something. The first signal lets them finish, the second one ends the process.
 * @returns undefined if a signal arrived.
 */
async function unlessInterrupted<Result>(
  what: string,
  { onSignal, stderr }: Pick<Releases['effects'], 'onSignal' | 'stderr'>,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  let interrupted = false;
  const dispose = onSignal(() => {
    interrupted = true;
    dispose();
    stderr.write(`${what} was interrupted during its checks: it did not start\n`);
  });
  try {
    const result = await work();
    return interrupted ? undefined : result;
  } finally {
    dispose();
  }
}

async function run(plan: ReleasePlan, view: ReleaseView, options: ReleaseOptions, releases: Releases): Promise<void> {
  const { detach = false, onInterrupt, json = false, summary } = options;
  const { context, engine } = releases;
  const begin = async () =>
    await engine.startRelease(context, plan, {
      onStep: (step) => {
        const words = stepWords[step];
        if (words !== undefined) view.note(words);
      },
    });
  if (detach) await reportEnd({ ...releases, watched: await startOnly(plan, view, begin, releases), json, summary });
  else await watchToEnd({ ...releases, view, onInterrupt, begin, json, summary });
}

/** Detaches as soon as the release no longer needs this process. */
async function startOnly(
  { settings }: ReleasePlan,
  view: ReleaseView,
  begin: () => Promise<string>,
  { context, engine }: Releases,
): Promise<Watched> {
  try {
    const deploymentId = await begin();
    if (settings.testWaitMinutes === 0) return { deploymentId, end: { kind: 'detached' }, snapshot: undefined };
    view.note('watching until traffic moves: the new version is tested before');
    const end = await engine.watchRelease(context, deploymentId, { untilTrafficMoves: true, ...notes(view) });
    return { deploymentId, end: end as WatchedEnd, snapshot: undefined };
  } finally {
    view.end();
  }
}

/** @throws {UserError} unless the name of the environment is typed. */
async function confirm({ kind, to, target }: ReleasePlan, effects: Pick<Keyboard, 'ask'>): Promise<void> {
  const { suffix } = target;
  const text = `This ${kind === 'rollback' ? 'rolls back' : 'releases'} ${suffix} to ${versionName(to)}.`;
  await confirmLoss({ where: `nightshift ${kind}`, suffix, text, kept: 'nothing was changed' }, effects);
}

/** Shows the checks by group. */
function showChecks(groups: readonly PreflightGroup[], { stdout }: Pick<Terminal, 'stdout'>, json: boolean): void {
  const { write, json: writeLine, colours } = stdout;
  for (const { title, items } of groups) {
    if (!json) write(`${title}\n`);
    for (const item of items) {
      if (json) writeLine(checkLine, { type: 'check', group: title, ...item });
      else write(checklistLine(item, colours));
    }
  }
}

/** Shows the differences. */
function showPlan(plan: ReleasePlan, { stdout }: Pick<Terminal, 'stdout'>, json: boolean): void {
  const { kind, from, to, target } = plan;
  const { write, colours } = stdout;
  const changes = diffRelease(plan);
  if (json) {
    stdout.json(planLine, { type: 'plan', kind, from, to, changes });
    return;
  }
  write(`${colours.bold(`${kind} of ${target.suffix}`)}: ${versionName(from)} -> ${versionName(to)}\n`);
  for (const line of diffLines(changes)) write(`  ${line}\n`);
}

/** Notes of the steps before the deployment starts; undefined for internal steps. */
const stepWords: Readonly<Record<StartStep, string | undefined>> = {
  begin: 'writing the release record',
  'note-scaling': undefined,
  suspend: 'suspending scale-in',
  register: 'registering a new task definition revision',
  deploy: 'creating the deployment',
  'note-deployment': undefined,
  restore: 'restoring auto-scaling',
  close: 'closing the record',
  reopen: undefined,
};

/** Finishes and reports a release that ended while nobody watched it. */
async function reportUnfinishedRelease({ context, engine, effects }: Releases, json: boolean): Promise<void> {
  const { kind, record } = await engine.resumeRelease(context);
  if (kind !== 'finished') return;
  const text = endedUnwatched(record);
  if (json) effects.stdout.json(noteLine, { type: 'note', time: effects.now(), text });
  else effects.stdout.write(`${text}\n`);
}
