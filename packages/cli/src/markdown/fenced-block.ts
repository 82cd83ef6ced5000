/** Text as it stands in Markdown: nothing in it can end the block. */
export function fencedBlock(lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  const fence = '`'.repeat(Math.max(2, ...runs.map(({ length }) => length)) + 1);
  return `${fence}text\n${lines.join('\n')}\n${fence}`;
}
