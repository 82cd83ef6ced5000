import { diffLines, diffRelease, versionName, type ReleasePlan } from '@nightshift/release';
import type { Effects } from '../../effects';

/** Shows what will be different. Nothing has been changed yet. */
export function showPlan(plan: ReleasePlan, { stdout }: Pick<Effects, 'stdout'>, json: boolean): void {
  const { kind, from, to, target } = plan;
  const { write, colours } = stdout;
  const changes = diffRelease(plan);
  if (json) {
    write(`${JSON.stringify({ type: 'plan', kind, from, to, changes })}\n`);
    return;
  }
  write(`${colours.bold(`${kind} of ${target.suffix}`)}: ${versionName(from)} -> ${versionName(to)}\n`);
  for (const line of diffLines(changes)) write(`  ${line}\n`);
}
