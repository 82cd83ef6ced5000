import type { Report } from '@nightshift/policy';
import type { Effects } from '../effects';

/** Shows what breaks rules that do not refuse. @param stack @default - in all stacks */
export async function printWarnings(
  report: Report,
  { stderr }: Pick<Effects, 'stderr'>,
  stack?: string,
): Promise<void> {
  const { warningsOf } = await import('@nightshift/policy');
  for (const line of warningsOf(report, stack)) stderr.write(`${stderr.colours.yellow('warning')} ${line}\n`);
}
