import { imageReference } from '../image/image-name';
import type { ReleaseVersion } from '../record';
import { serviceDifferences } from '../terraform-handoff';
import { type ChangeKind, type DefinitionChange, diffDefinitions } from './definition-diff';
import type { ReleasePlan } from './plan-release';

/** Changes as text, a line each: `~ image: 1.4.1 (sha256:…) → 1.4.2 (sha256:…)`, `+ environment LOG_LEVEL: debug`, `- secret DB: /risk/db`. */
export function diffLines(changes: readonly DefinitionChange[]): readonly string[] {
  if (changes.length === 0) return ['the same task definition, image and service: the tasks are replaced by the like'];
  return changes.map(({ what, before, after }) => {
    if (before === undefined) return `+ ${what}: ${String(after)}`;
    if (after === undefined) return `- ${what}: ${before}`;
    return `~ ${what}: ${before} → ${after}`;
  });
}

const HIDDEN = '(hidden)';

/** Variables that should be secrets and are not: whoever watches a release need not read them. */
const SECRET_NAME = /pass(?:word|wd|phrase)|secret|token|credential|api_?key|access_?key/i;

/** `scheme://user:password@host` */
const PASSWORD_IN_URL = /(\w+:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/** A value as it may be shown. */
export function shownValue(kind: ChangeKind, what: string, value: string): string {
  switch (kind) {
    case 'environment':
    case 'command':
    case 'health-check':
    case 'logging':
    case 'other':
      return SECRET_NAME.test(what) ? HIDDEN : value.replace(PASSWORD_IN_URL, `$1${HIDDEN}`);
    // Where it is read from, never what it is.
    case 'secret':
      return /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(value)?.[1] ?? value;
    case 'role':
      return value.slice(value.lastIndexOf('/') + 1);
    case 'image':
      return value;
    case 'size':
    case 'limit':
    case 'port':
    case 'storage':
    case 'service':
      return value;
  }
}

/** Such as `1.4.2 (sha256:1a2b3c4d5e6f)`. @param version what is known of it, beside what the task definition says. */
export function shownImage(image: string, version: ReleaseVersion): string {
  const { tag = version.tag, digest = version.digest } = imageReference(image);
  const short = digest?.slice(0, 'sha256:'.length + 12);
  if (tag === undefined) return short ?? image;
  return short === undefined ? tag : `${tag} (${short})`;
}

type Plan = Pick<ReleasePlan, 'runs' | 'wanted' | 'from' | 'to' | 'target' | 'network'> & {
  readonly running: Pick<ReleasePlan['running'], 'primary'>;
};

/** All that differs between the tasks that run and those that a release will start: what they are made from, on what and where they run. */
export function diffRelease(plan: Plan): readonly DefinitionChange[] {
  const service = serviceDifferences(plan.running.primary, plan.target, plan.network);
  return [...diffDefinitions(plan), ...service.map((difference) => ({ kind: 'service' as const, ...difference }))];
}
