import { noResult, scanState, unfinishedScan, verdictOf, verdictSentence } from '../image';
import { versionName } from '../image/image-name';
import type { Check } from './checklist';
import type { ReleaseState } from '../plan/release-state';
import { isReleased } from '../plan/task-revisions';

/** A release builds on the revision in Terraform's state, not on one that another client registered (R10.5). */
export function definitionCheck({ commands, revisions }: ReleaseState): Check {
  return {
    title: 'task definition',
    run: async () => {
      const { terraform, newest, inState } = await revisions();
      const base = shortName(terraform.arn);
      const deploy = commands.nxRun('compute', 'deploy');
      if (inState === undefined) {
        const detail = `${base} exists, but Terraform's state has no task definition`;
        return { mark: 'FAIL', detail, remedy: `deploy it: ${deploy}` };
      }
      if (inState !== terraform.arn) {
        const detail = `${base} is the newest, but Terraform's state has ${shortName(inState)}, which is no longer active`;
        return { mark: 'FAIL', detail, remedy: `restore it: ${deploy}` };
      }
      if (newest.arn === terraform.arn || isReleased(newest.tags)) {
        return { mark: 'OK', detail: `${base} is Terraform's newest revision` };
      }
      return {
        mark: 'WARN',
        detail: `${base} is Terraform's newest revision; ${shortName(newest.arn)} was registered by another client, and the release does not use it`,
        remedy: 'move the changes that you need from it to the environment file',
      };
    },
  };
}

/** `family:revision` */
function shortName(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

/** The image is in the environment's repository. A release uses its digest, because a tag can move to another image. */
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

/** The image's scan has ended without findings above the limit of the environment (R2.3). */
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

/** There is a good version for the rollback. */
export function lastGoodCheck({ lastGood }: ReleaseState): Check {
  return {
    title: 'last good release',
    run: async () => {
      const { version, skipped } = await lastGood();
      const detail = `${versionName(version)} by ${shortName(version.taskDefinition)}`;
      if (skipped.length === 0) return { mark: 'OK', detail };
      const gone = skipped.map((one) => versionName(one)).join(', ');
      return {
        mark: 'WARN',
        detail: `${detail}; skipped ${gone}: not in the repository any more`,
        remedy: 'choose another one with --to <release>, or push the image again',
      };
    },
  };
}
