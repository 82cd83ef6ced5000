import type { StoppedTask } from '@nightshift/release';
import { clockTime } from '../text/clock-time';
import { logLineText } from '../text/log-line-text';
import { oneLine } from '../text/one-line';
import { span, type TextLine } from '../text/text-line';

/** A task that died: when, which version, why, and the last that it wrote. */
export function stoppedTaskLines(task: StoppedTask, logLines: number): readonly TextLine[] {
  return [
    [span(`${clockTime(task.stoppedAt)} `, 'dim'), span(stoppedTaskText(task), 'red')],
    ...(logLines === 0 ? [] : task.logLines.slice(-logLines)).map((line) => [span(`  | ${logLineText(line)}`)]),
  ];
}

/** As one sentence. */
export function stoppedTaskText({
  id,
  version,
  reason,
  exitCode,
}: Omit<StoppedTask, 'logLines' | 'stoppedAt'>): string {
  const code = exitCode === undefined ? '' : `, exit code ${String(exitCode)}`;
  return `task ${id.slice(0, 8)} of ${version} stopped${code}: ${oneLine(reason)}`;
}
