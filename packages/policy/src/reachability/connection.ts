import type { Resource } from '../model/subject';
import type { Ports } from './ports';
import { shownPorts } from './ports';

/** One reason why traffic passes: what lets it, and what that says. */
export interface Step {
  readonly by: Resource;
  readonly does: string;
}

/** One way from one place to another, without anything between that answers itself. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly ports: Ports;
  readonly steps: readonly Step[];
}

/** Connections, the second from where the first ends: by way of a load balancer. */
export type Path = readonly [Connection, ...Connection[]];

/** The lines that show a path: where it leads, and why it is open. */
export function describePath(path: Path): readonly string[] {
  const [first] = path;
  const route = path.map(({ to, ports }) => ` -> ${to} (${shownPorts(ports)})`).join('');
  const steps = path.flatMap((connection) => connection.steps);
  return [`${first.from}${route}`, ...steps.map(({ by, does }) => `  ${by.path}: ${does}`)];
}
