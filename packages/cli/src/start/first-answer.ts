import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import { namesFor } from '@nightshift/naming';
import { checklistLine } from '../checklist/checklist-line';
import type { Effects } from '../effects';
import type { StartContext } from './start-context';

const PATIENCE_MS = 180_000;
const PAUSE_MS = 500;

interface FirstAnswerProps {
  readonly environment: Environment;
  readonly effects: Effects;
  readonly context: Pick<StartContext, 'statusOf' | 'sleep'>;
}

/**
 * Waits until a task of the environment answers through the load balancer; gives its address.
 * @throws {UserError} when none does in three minutes
 */
export async function firstAnswer({ environment, effects, context }: FirstAnswerProps): Promise<string> {
  const { stdout, monotonic } = effects;
  const { suffix, loadBalancer } = environment;
  const end = monotonic() + PATIENCE_MS;
  for (let waited = false; ; waited = true) {
    const url = await addressOf(environment, effects);
    const status = url === undefined ? undefined : await context.statusOf(`${url}${loadBalancer.healthCheck.path}`);
    if (url !== undefined && status === 200) {
      stdout.write(checklistLine({ mark: 'OK', title: 'service', detail: `answers at ${url}` }, stdout.colours));
      return url;
    }
    if (monotonic() > end) {
      const names = namesFor(suffix);
      const service = `--cluster ${names.of('ecs-cluster')} --services ${names.of('ecs-service')}`;
      throw new UserError({
        where: url ?? `the load balancer of ${suffix}`,
        what: `no task answers after ${String(PATIENCE_MS / 1000)} s`,
        got: status === undefined ? 'no reply' : `HTTP ${String(status)}`,
        todo: `see what the service says (npx nightshift local exec -- aws ecs describe-services ${service}), then run npm start again`,
      });
    }
    if (!waited) stdout.write('  waiting for a healthy task\n');
    await context.sleep(PAUSE_MS);
  }
}

async function addressOf({ suffix, region }: Environment, { localCloud }: Effects): Promise<string | undefined> {
  const status = await (await localCloud()).status();
  if (!status.running) return undefined;
  return status.environments.find((found) => found.suffix === suffix && found.region === region)?.url;
}
