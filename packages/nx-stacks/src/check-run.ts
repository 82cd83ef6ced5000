import type { Problem } from '@nightshift/errors';
import { unknownEnvironment } from '@nightshift/config/names';
import { environmentDirectory, environmentNames } from './environment-names';
import type { RequestedRun } from './requested-run';
import { isShellSafe } from './shell-safe';

/** What Nx itself would not object to: it runs a target without the configuration when there is none of that name. */
export function checkRun(run: RequestedRun, workspaceRoot: string): Problem | undefined {
  const { configuration } = run;
  const environments = environmentNames(workspaceRoot);
  if (configuration === undefined) {
    return { where: 'nx', what: 'no environment is named', todo: `add -c and one of ${environments.join(', ')}` };
  }
  if (!environments.includes(configuration))
    return unknownEnvironment(environmentDirectory(workspaceRoot), configuration);
  const unsafe = run.arguments.find((argument) => !isShellSafe(argument));
  if (unsafe === undefined) return undefined;
  return {
    where: 'nx',
    what: 'an argument has characters that Nx would hand to a shell',
    got: unsafe,
    todo: `leave out quotes, $, \\ and backticks, or run the command itself: npx nightshift <verb> <stack> -c ${configuration}`,
  };
}
