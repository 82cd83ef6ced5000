import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { dayOf } from './day-of';
import { requireOne, type JudgedOptions } from './judged-options';
import { listRules } from './list-rules';
import { loadJudged } from './load-judged';
import { formatted, passed, type PolicyFormat } from './policy-formats';
import { version } from '../../package.json';

export interface PolicyOptions extends JudgedOptions {
  readonly format: PolicyFormat;
  readonly rules?: boolean;
}

/** `policy` */
export async function judge(options: PolicyOptions, effects: Effects): Promise<void> {
  const { format, rules = false } = options;
  if (rules) {
    await listRules(options, format, effects);
    return;
  }
  requireOne('policy', options, '-c <environment>, --all, --stacks <directory>, --plan <file>');
  const { checkPolicies } = await import('@nightshift/policy');
  const today = dayOf(effects.now());
  const judged = (await loadJudged('policy', options, effects)).map((one) => ({
    ...one,
    report: checkPolicies(one.model, one.environment?.waivers ?? [], today),
  }));
  const { stdout } = effects;
  stdout.write(await formatted(format, judged, { colours: stdout.colours, version }));
  effects.exitWith(passed(judged) ? ExitCode.done : ExitCode.userMustAct);
}
