/** The closest of some words to a misspelt word, with at most a third of it different. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(word.length, candidate.length) / 3)
    .sort((one, other) => one.distance - other.distance);
  return ranked[0]?.candidate;
}

/** The edit distance of two words, with transpositions (optimal string alignment). */
function editDistance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          at(row - 2, column - 2) + (isSwapped ? 1 : Infinity),
        ),
      );
    }
  }
  return at(one.length, other.length);
}

/** The end of an error about a name that does not exist. */
export function didYouMean(got: string, names: readonly string[]): string {
  const name = nearest(got, names);
  return name === undefined ? `use one of ${names.join(', ')}` : `did you mean ${name}?`;
}
