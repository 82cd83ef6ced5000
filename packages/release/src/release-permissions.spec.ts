import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const policy = join(__dirname, '..', '..', '..', 'docs', 'policies', 'release.json');
const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.spec\.ts$|fixture|testing/.test(file),
);

/** The prefix of IAM actions, where it is not the name of the client. */
const PREFIXES: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'application-autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'service-quotas': 'servicequotas',
};

/** Calls with an action of another name, and calls that the role of releases does not make. */
const ACTIONS: Readonly<Record<string, string | undefined>> = {
  's3:ListObjectsV2': 's3:ListBucket',
  // Every role may.
  'sts:GetCallerIdentity': undefined,
  // `destroy` of compute does, with the role of deployments.
  'ecs:DeregisterTaskDefinition': undefined,
  'logs:DeleteLogGroup': undefined,
  // `nightshift exec` is for people: a pipeline needs no shell in a task.
  'ecs:ExecuteCommand': undefined,
};

function calls(): string[] {
  const found = sources.flatMap((file) =>
    [
      ...readFileSync(join(__dirname, file), 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g),
    ].flatMap(([, names = '', client = '']) =>
      [...names.matchAll(/(\w+)Command\b/g)].map(([, name = '']) => `${PREFIXES[client] ?? client}:${name}`),
    ),
  );
  return [...new Set(found)].sort();
}

describe('permissions of a release', () => {
  it('are those of the documented policy', () => {
    const { Statement } = JSON.parse(readFileSync(policy, 'utf8')) as { Statement: { Action: string[] }[] };
    const allowed = new Set(Statement.flatMap(({ Action }) => Action));
    const needed = calls().flatMap((call) => (call in ACTIONS ? (ACTIONS[call] ?? []) : call));
    expect(needed.length).toBeGreaterThan(25);
    expect(needed.filter((action) => !allowed.has(action))).toEqual([]);
  });
});
