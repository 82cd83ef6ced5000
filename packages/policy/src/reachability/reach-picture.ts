import type { Model } from '../model/model';
import { INTERNET } from './connections';
import { shownPorts } from './ranges';
import { reach } from './reach';

/** The places of `reach` and their names in the diagram. */
const PLACES: Readonly<Record<string, string>> = {
  [INTERNET]: 'internet',
  'load-balancer': 'load balancer',
  tasks: 'tasks',
  endpoints: 'endpoints of AWS services',
  s3: 'S3 gateway',
};

/**
 * The direct connections as a Mermaid diagram: one arrow with its ports per connection.
 * @throws {UserError} when a place is missing in the network.
 */
export function reachPicture(model: Model): string {
  const names = Object.keys(PLACES);
  const arrows = names.flatMap((from) =>
    names.flatMap((to) => {
      const direct = reach(model, { from, to }).filter(({ length }) => length === 1);
      const ports = new Set(direct.map(([{ ports }]) => shownPorts(ports)));
      return ports.size === 0 ? [] : [`  ${from} -- "${[...ports].join(', ')}" --> ${to}`];
    }),
  );
  return ['flowchart LR', ...names.map((name) => `  ${name}["${String(PLACES[name])}"]`), ...arrows].join('\n');
}
