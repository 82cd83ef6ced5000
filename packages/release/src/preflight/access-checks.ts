import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import { isAnswer } from '../aws-answers';
import { type Check, findingOf } from './checklist';
import { awsCommand } from '../target';
import type { ReleaseState } from '../plan/release-state';

const ECS = 'ecs-tasks.amazonaws.com';

/** Both roles of the task exist, and ECS can assume them (R9.1, R9.2). */
export function rolesCheck({ definition, clients, commands }: ReleaseState): Check {
  return {
    title: 'roles',
    run: async () => {
      const { executionRoleArn, taskRoleArn } = await definition();
      const names = [executionRoleArn, taskRoleArn]
        .filter((arn) => arn !== undefined)
        .map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
      const problems = await Promise.all(names.map((name) => problemOf(clients.iam, name)));
      return findingOf(
        problems.filter((problem) => problem !== undefined),
        `${names.join(', ')} trust ECS`,
        `restore them: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}

async function problemOf(iam: ReleaseState['clients']['iam'], name: string): Promise<string | undefined> {
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
    const trust = decodeURIComponent(String(Role?.AssumeRolePolicyDocument));
    return trusts(trust) ? undefined : `${name} does not trust ${ECS}`;
  } catch (error) {
    if (isAnswer(error, 'NoSuchEntityException', 'NoSuchEntity')) return `role not found: ${name}`;
    throw error;
  }
}

interface TrustStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
}

function trusts(document: string): boolean {
  const { Statement } = JSON.parse(document) as { readonly Statement: TrustStatement | readonly TrustStatement[] };
  return [Statement].flat().some(({ Effect, Action, Principal = {} }) => {
    const services = typeof Principal === 'string' ? [] : [Principal.Service].flat();
    return Effect === 'Allow' && [Action].flat().includes('sts:AssumeRole') && services.includes(ECS);
  });
}

/** The log groups of the containers exist; without them, no task starts (R8). */
export function logGroupsCheck({ definition, clients, commands }: ReleaseState): Check {
  return {
    title: 'log groups',
    run: async () => {
      const { containerDefinitions } = await definition();
      const groups = [
        ...new Set(
          containerDefinitions.flatMap(({ logConfiguration }) => logConfiguration?.options?.['awslogs-group'] ?? []),
        ),
      ];
      const problems = await Promise.all(
        groups.map(async (group) => {
          // Results are sorted: the exact name is first.
          const { logGroups = [] } = await clients.logs.send(
            new DescribeLogGroupsCommand({ logGroupNamePrefix: group }),
          );
          return logGroups.some(({ logGroupName }) => logGroupName === group) ? [] : [`log group not found: ${group}`];
        }),
      );
      return findingOf(
        problems.flat(),
        groups.length === 0 ? 'no container writes to one' : groups.join(', '),
        `restore it: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}

type Iam = ReleaseState['clients']['iam'];

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** The actions that ECS calls: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html */
const READ = 'ssm:GetParameters';

/** The execution role can read the secrets; otherwise no task starts (R9.1). */
export function secretAccessCheck({ definition, clients, commands }: ReleaseState): Check {
  return {
    title: 'access to secrets',
    run: async () => {
      const task = await definition();
      const parameters = secretSources(task).filter((source) => parameterName(source) !== source);
      if (parameters.length === 0) return { mark: 'SKIP', detail: 'no container uses secrets' };
      const role = String(task.executionRoleArn?.split('/').at(-1));
      const allowed = await allowedPatterns(clients.iam, role);
      if (allowed === undefined) return { mark: 'SKIP', detail: 'needs: roles' };
      const closed = parameters.filter((arn) => !allowed.some((pattern) => covers(pattern, arn)));
      if (closed.length > 0 && (await hasManagedPolicies(clients.iam, role))) {
        return { mark: 'SKIP', detail: `${role} has managed policies, which are not checked` };
      }
      return findingOf(
        closed.map((arn) => `${role} cannot read ${parameterName(arn)}`),
        `${role} can read them`,
        `allow it: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}

/** The secrets that the role can read by its policies; undefined without a role. */
async function allowedPatterns(iam: Iam, RoleName: string): Promise<readonly string[] | undefined> {
  try {
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const policies = await Promise.all(
      PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
    );
    return policies
      .flatMap(({ PolicyDocument }) => statementsOf(decodeURIComponent(String(PolicyDocument))))
      .filter(({ Effect, Action = [] }) => Effect === 'Allow' && [Action].flat().some((action) => covers(action, READ)))
      .flatMap(({ Resource = [] }) => Resource);
  } catch (error) {
    if (isAnswer(error, 'NoSuchEntityException', 'NoSuchEntity')) return undefined;
    throw error;
  }
}

function statementsOf(document: string): readonly Statement[] {
  const { Statement } = JSON.parse(document) as { readonly Statement: Statement | readonly Statement[] };
  return [Statement].flat();
}

async function hasManagedPolicies(iam: Iam, RoleName: string): Promise<boolean> {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.length > 0;
}

/** `*` is any text, `?` any character: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
function covers(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(text);
}

/** Maximum number of names per call: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
const NAMES = 50;

/** The parameters of the containers' secrets exist. Reads only their names, never their values. */
export function secretsCheck({ definition, clients, environment }: ReleaseState): Check {
  return {
    title: 'secrets',
    run: async () => {
      const names = secretSources(await definition()).map(parameterName);
      if (names.length === 0) return { mark: 'OK', detail: 'no container uses secrets' };
      const known = await knownParameters(clients.ssm, names);
      const missing = names.filter((name) => !known.has(name) && !known.has(name.slice(1)));
      if (missing.length === 0) return { mark: 'OK', detail: names.join(', ') };
      return {
        mark: 'FAIL',
        detail: missing.map((name) => `parameter not found: ${name}`).join('; '),
        remedy: missing
          .map((name) => awsCommand(environment, `ssm put-parameter --type SecureString --name ${name} --value '…'`))
          .join('; '),
      };
    },
  };
}

async function knownParameters(
  ssm: ReleaseState['clients']['ssm'],
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let start = 0; start < names.length; start += NAMES) {
    const Values = names.slice(start, start + NAMES);
    const input = { ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values }], MaxResults: NAMES };
    let NextToken: string | undefined;
    do {
      const page = await ssm.send(new DescribeParametersCommand({ ...input, NextToken }));
      for (const { Name } of page.Parameters ?? []) known.add(String(Name));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
  }
  return known;
}

interface Containers {
  readonly containerDefinitions: readonly ContainerDefinition[];
}

/** The sources of all containers' secrets, without duplicates: ARNs, or names of parameters in the same region. */
function secretSources({ containerDefinitions }: Containers): readonly string[] {
  const sources = containerDefinitions.flatMap(({ secrets = [] }) => secrets.map(({ valueFrom }) => String(valueFrom)));
  return [...new Set(sources)];
}

/** `arn:aws:ssm:us-east-1:123456789012:parameter/risk/db` → `/risk/db`; other sources unchanged. */
function parameterName(source: string): string {
  return /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.+)$/.exec(source)?.[1] ?? source;
}
