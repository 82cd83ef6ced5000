import { UserError } from '@nightshift/errors';
import type { JsonClient, Ports } from './machine';
import { localCloudOn } from './server-health';

const DEFAULT_PORT = 45660;
const HIGHEST_PORT = 65535;

type PortChooser = JsonClient & Ports;

async function refusal(port: number, problem: string, { ask }: PortChooser): Promise<UserError> {
  const todo = 'pass another --port, or omit it to use a free port';
  const got = String(port);
  if (problem !== 'EADDRINUSE') {
    return new UserError({ where: 'local cloud', what: `cannot listen on this port (${problem})`, got, todo });
  }
  const other = await localCloudOn(port, ask);
  const user = other === undefined ? 'another program' : `another local cloud, process ${String(other)}`;
  return new UserError({ where: 'local cloud', what: `the port is in use by ${user}`, got, todo });
}

/**
 * The given port, otherwise the default port, or any free port if that is in use.
 * @throws UserError when the given port is not available
 */
export async function choosePort(asked: number | undefined, machine: PortChooser): Promise<number> {
  if (asked === undefined) {
    const problem = await machine.portProblem(DEFAULT_PORT);
    return problem === undefined ? DEFAULT_PORT : machine.freePort();
  }
  if (!Number.isInteger(asked) || asked < 1 || asked > HIGHEST_PORT) {
    throw new UserError({
      where: '--port',
      what: 'is not a port number',
      got: String(asked),
      todo: `pass a whole number from 1 to ${String(HIGHEST_PORT)}`,
    });
  }
  const problem = await machine.portProblem(asked);
  if (problem !== undefined) throw await refusal(asked, problem, machine);
  return asked;
}
