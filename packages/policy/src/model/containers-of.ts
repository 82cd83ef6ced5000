import type { Resource } from './subject';
import { blocks, parsed, type Attributes } from './value';

/** The containers of a task definition, in the API's own words (`readonlyRootFilesystem`); none, where they are not known before apply. */
export function containersOf({ attributes }: Resource): readonly Attributes[] {
  return blocks(parsed(attributes['container_definitions']));
}
