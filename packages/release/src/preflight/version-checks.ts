import { z } from 'zod';
import { noResult, scanState, unfinishedScan, verdictOf, verdictSentence } from '../image';
import { versionName } from '../image/image-name';
import { readObject } from '../records/stored-object';
import type { Check } from './checklist';
import type { ReleaseState } from '../plan/release-state';

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

/** A release builds on Terraform's newest revision, not on one that somebody registered by hand (R10.5). */
export function definitionCheck({ clients, target, environment, commands, revisions }: ReleaseState): Check {
  return {
    title: 'task definition',
    run: async () => {
      const key = `${target.suffix}/compute.tfstate`;
      const [{ terraform }, state] = await Promise.all([revisions(), readObject(clients.s3, target.bucket, key)]);
      const known = revisionIn(state?.text, target.family);
      const newest = shortName(terraform.arn);
      if (known === terraform.arn) return { mark: 'OK', detail: `${newest} is Terraform's newest revision` };
      const deploy = commands.nxRun('compute', 'deploy');
      if (known === undefined) {
        const detail = `${newest} exists, but Terraform's state has no task definition`;
        return { mark: 'FAIL', detail, remedy: `deploy it: ${deploy}` };
      }
      const detail = `${newest} is the newest, but Terraform's state has ${shortName(known)}`;
      if (revisionOf(known) > revisionOf(terraform.arn)) {
        return { mark: 'FAIL', detail: `${detail}, which is no longer active`, remedy: `restore it: ${deploy}` };
      }
      const command = `aws ecs deregister-task-definition --task-definition ${newest} --region ${environment.region}`;
      return {
        mark: 'FAIL',
        detail,
        remedy: `move the change to the environment file and deregister the manual revision: ${command}`,
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

/** The image is in the environment's repository. What is released is its digest: a tag can come to stand for another image. */
export function imageCheck({ image, imageName }: ReleaseState): Check {
  return {
    title: 'image',
    run: async () => {
      const { wholeDigest, tags, pushedAt } = await image();
      const { text } = await imageName();
      const pushed = `pushed ${pushedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      const other =
        text === wholeDigest ? (tags.length === 0 ? 'has no tag' : `is ${tags.join(', ')}`) : `is ${wholeDigest}`;
      return { mark: 'OK', detail: `${text} ${other}, ${pushed}` };
    },
  };
}

/** The image's scan has ended and found nothing above what the environment allows (R2.3). */
export function scanCheck({ clients, target, environment, commands, image, imageName }: ReleaseState): Check {
  return {
    title: 'vulnerabilities',
    run: async () => {
      const found = await image();
      const name = await imageName();
      const { repository } = target;
      const state = await scanState({ ecr: clients.ecr, repository, found });
      const command = commands.nightshift(`scan --image ${name.text}`);
      if (state.completedAt === undefined) {
        const words = unfinishedScan(state.status);
        if (words === undefined) throw noResult({ repository, image: name, environment }, state);
        return { mark: 'FAIL', detail: `the scan ${words}`, remedy: `wait for it: ${command}` };
      }
      const { highestSeverity } = environment.registry;
      const verdict = verdictOf(state.findings, highestSeverity);
      const scanned = `scanned ${state.completedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      const detail = `${verdictSentence(verdict, highestSeverity)}, ${scanned}`;
      if (verdict.passed) return { mark: 'OK', detail };
      const limit = `the limit is registry.highestSeverity in environments/${environment.name}.yaml`;
      return {
        mark: 'FAIL',
        detail,
        remedy: `see them: ${command}; update, push under a new tag and release that; ${limit}`,
      };
    },
  };
}

/** There is a version that was good, to go back to. */
export function lastGoodCheck({ lastGood }: ReleaseState): Check {
  return {
    title: 'last good release',
    run: async () => {
      const version = await lastGood();
      const { taskDefinition } = version;
      return {
        mark: 'OK',
        detail: `${versionName(version)} by ${taskDefinition.slice(taskDefinition.indexOf('/') + 1)}`,
      };
    },
  };
}
