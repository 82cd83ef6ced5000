import type { Releases } from '../on-releases';

/** A release that nobody has seen to its end is seen to it first, and said. */
export async function tellFormer({ context, engine, effects }: Releases, json: boolean): Promise<void> {
  const { kind, record } = await engine.resumeRelease(context);
  if (kind !== 'finished') return;
  const { startedAt, outcome } = record;
  const text = `the ${record.kind} of ${startedAt} had ended unseen: ${String(outcome)}; its record is closed, auto-scaling restored`;
  const line = { type: 'note', time: effects.now(), text };
  effects.stdout.write(json ? `${JSON.stringify(line)}\n` : `${text}\n`);
}
