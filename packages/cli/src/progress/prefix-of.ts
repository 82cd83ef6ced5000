import type { ChosenStack } from '../stack/chosen-stack';

/** The stack's name in a column: lines of stacks that run side by side come mixed. */
export function prefixOf({ name, siblings }: Pick<ChosenStack, 'name' | 'siblings'>): string {
  return `${name.padEnd(Math.max(...siblings.map(({ length }) => length)))}  `;
}
