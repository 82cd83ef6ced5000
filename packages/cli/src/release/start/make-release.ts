import { everydayCommands } from '@nightshift/errors';
import type { ReleasePlan } from '@nightshift/release';
import { ExitCode } from '../../exit-code';
import { jsonResult } from '../../json-result';
import type { Releases } from '../on-releases';
import { releaseResult } from '../release-result';
import type { ReleaseView } from '../views/release-view';
import { viewFor } from '../views/view-for';
import { reportEnd } from '../watch/report-end';
import { watchToEnd, type Watched } from '../watch/watch-to-end';
import { windowCheckFor } from '../windows/window-check';
import { windowNotices } from '../windows/window-notices';
import { confirm } from './confirm';
import type { ReleaseOptions } from './release-options';
import { showChecks } from './show-checks';
import { showPlan } from './show-plan';
import { stepWords } from './step-words';
import { tellFormer } from './tell-former';

/** `release` and `rollback`: looks at everything, says what will be different, and replaces what runs (R10.5). */
export async function makeRelease(
  kind: ReleasePlan['kind'],
  options: ReleaseOptions,
  releases: Releases,
): Promise<void> {
  const { verb, environment, context, engine, effects } = releases;
  const { image, duringWindow, check = false, yes = false, json = false, summary } = options;
  await tellFormer(releases, json);
  const request = { kind, image, duringWindow };
  const window = windowCheckFor({
    environment,
    now: effects.now(),
    timeScale: context.timeScale,
    reason: duringWindow,
  });
  const { groups, problems, plan } = await engine.preflight(context, request, window);
  showChecks(groups, effects, json);
  if (!plan) {
    const { length } = problems;
    const all = groups.reduce((sum, { items }) => sum + items.length, 0);
    const text = `${String(length)} of ${String(all)} checks ${length === 1 ? 'is' : 'are'} not good: nothing was changed.\n`;
    effects.stdout.write(json ? releaseResult({ verb, environment, end: { kind: 'refused', problems } }) : text);
    effects.exitWith(ExitCode.userMustAct);
    return;
  }
  showPlan(plan, effects, json);
  if (check) {
    const command = everydayCommands(environment).nightshift(verb);
    const text = `Everything is ready. Without --check it begins: ${command}${image === undefined ? '' : ` --image ${image}`}\n`;
    effects.stdout.write(json ? jsonResult({ verb, environment, checked: true, exitCode: ExitCode.done }) : text);
    return;
  }
  if (!yes && effects.interactive) await confirm(plan, effects);
  const view = viewFor({ suffix: environment.suffix, kind, notices: await windowNotices(environment) }, effects, json);
  const watched = await run(plan, view, options, releases);
  await reportEnd({ ...releases, watched, json, summary });
}

async function run(
  plan: ReleasePlan,
  view: ReleaseView,
  { detach = false, onInterrupt }: ReleaseOptions,
  { context, engine, effects }: Releases,
): Promise<Watched> {
  const begin = async () =>
    await engine.startRelease(context, plan, {
      onStep: (step) => {
        const words = stepWords[step];
        if (words !== undefined) view.note(words);
      },
    });
  if (!detach) return await watchToEnd({ context, engine, effects, view, onInterrupt, begin });
  try {
    return { deploymentId: await begin(), end: { kind: 'detached' }, snapshot: undefined };
  } finally {
    view.end();
  }
}
