import { at, shown, type Attributes, type Value } from './model/value';
import type { Finding } from './rule';

/**
 * A finding, unless the attribute at a path has a value.
 * @param absent what AWS takes where nothing is written. @default - nothing that would do
 */
export function attributeIs(attributes: Attributes, path: string, wanted: Value, absent?: Value): Finding[] {
  const value = at(attributes, path);
  return (value ?? absent) === wanted ? [] : [{ got: `${path} ${shown(value)}`, fix: `set it to ${shown(wanted)}` }];
}
