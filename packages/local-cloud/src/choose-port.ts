import { UserError } from '@nightshift/errors';
import type { Effects } from './effects';
import { localCloudOn } from './health';

const DEFAULT_PORT = 45660;
const HIGHEST_PORT = 65535;

type PortEffects = Pick<Effects, 'ask' | 'freePort' | 'portProblem'>;

async function refusal(port: number, problem: string, { ask }: PortEffects): Promise<UserError> {
  const todo = 'name another one with --port, or none and a free one is taken';
  const got = String(port);
  if (problem !== 'EADDRINUSE') {
    return new UserError({ where: 'local cloud', what: `may not listen on this port (${problem})`, got, todo });
  }
  const other = await localCloudOn(port, ask);
  const user = other === undefined ? 'another program' : `another local cloud, process ${String(other)}`;
  return new UserError({ where: 'local cloud', what: `the port is in use by ${user}`, got, todo });
}

/**
 * The asked port, or the usual one, or any free one where the usual one is taken.
 * @throws UserError when the asked port cannot be had
 */
export async function choosePort(asked: number | undefined, effects: PortEffects): Promise<number> {
  if (asked === undefined) {
    const problem = await effects.portProblem(DEFAULT_PORT);
    return problem === undefined ? DEFAULT_PORT : effects.freePort();
  }
  if (!Number.isInteger(asked) || asked < 1 || asked > HIGHEST_PORT) {
    throw new UserError({
      where: '--port',
      what: 'is no port number',
      got: String(asked),
      todo: `give a whole number from 1 to ${String(HIGHEST_PORT)}`,
    });
  }
  const problem = await effects.portProblem(asked);
  if (problem !== undefined) throw await refusal(asked, problem, effects);
  return asked;
}
