import type { Counts } from './counts';

/** `58 added, 0 changed, 0 destroyed`, or `58 to add, …` for what is still to come. */
export function countsLine({ add, change, remove, replace }: Counts, when: 'done' | 'planned'): string {
  const words =
    when === 'done' ? (['added', 'changed', 'destroyed'] as const) : (['to add', 'to change', 'to destroy'] as const);
  const counts = [add, change, remove].map((count, index) => `${String(count)} ${String(words[index])}`).join(', ');
  return replace === 0 ? counts : `${counts} (${String(replace)} of them replaced)`;
}
