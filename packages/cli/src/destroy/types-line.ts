/** `  5 aws_subnet, 1 aws_vpc`: what was removed, most of a type first. */
export function typesLine(addresses: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    const type = address.slice(0, address.indexOf('.'));
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  return [`  ${sorted.map(([type, count]) => `${String(count)} ${type}`).join(', ')}`];
}
