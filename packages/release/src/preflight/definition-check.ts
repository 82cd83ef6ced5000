import { z } from 'zod';
import { readObject } from '../records/stored-object';
import type { Check } from './check';
import type { Surroundings } from './surroundings';

/** The parts of Terraform's state, version 4, that say which revision it holds. One that is yet to be deregistered is `deposed`. */
const computeState = z.object({
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      instances: z.array(z.object({ deposed: z.string().optional(), attributes: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

/** What a release builds on is what Terraform made last, and nobody else (R10.5). */
export function definitionCheck({ clients, target, environment, commands, revisions }: Surroundings): Check {
  return {
    title: 'task definition',
    look: async () => {
      const key = `${target.suffix}/compute.tfstate`;
      const [{ terraform }, state] = await Promise.all([revisions(), readObject(clients.s3, target.bucket, key)]);
      const known = revisionIn(state?.text, target.family);
      const newest = shortName(terraform.arn);
      if (known === terraform.arn) return { mark: 'OK', detail: `${newest} is what Terraform made last` };
      const deploy = commands.nxRun('compute', 'deploy');
      if (known === undefined) {
        const detail = `${newest} is there, and Terraform's state knows no task definition`;
        return { mark: 'NG', detail, remedy: `deploy it: ${deploy}` };
      }
      const detail = `${newest} is the newest, and Terraform's state knows ${shortName(known)}`;
      if (revisionOf(known) > revisionOf(terraform.arn)) {
        return { mark: 'NG', detail: `${detail}, which is no longer active`, remedy: `bring it back: ${deploy}` };
      }
      const command = `aws ecs deregister-task-definition --task-definition ${newest} --region ${environment.region}`;
      return {
        mark: 'NG',
        detail,
        remedy: `say it in the environment file, and take away what was registered by hand: ${command}`,
      };
    },
  };
}

function revisionIn(text: string | undefined, family: string): string | undefined {
  const parsed = computeState.safeParse(text === undefined ? undefined : (JSON.parse(text) as unknown));
  return parsed.data?.resources
    .filter(({ mode, type }) => mode === 'managed' && type === 'aws_ecs_task_definition')
    .flatMap(({ instances }) => instances)
    .filter(({ deposed, attributes }) => deposed === undefined && attributes['family'] === family)
    .map(({ attributes }) => String(attributes['arn']))[0];
}

/** `family:revision` */
function shortName(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

function revisionOf(arn: string): number {
  return Number(arn.slice(arn.lastIndexOf(':') + 1));
}
