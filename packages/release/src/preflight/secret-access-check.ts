import { GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { isAnswer } from '../aws-failure';
import { findingOf, type Check } from './check';
import { parameterName, secretSources } from './secret-sources';
import type { Surroundings } from './surroundings';

type Iam = Surroundings['clients']['iam'];

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** What ECS calls: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html */
const READ = 'ssm:GetParameters';

/** The role that starts tasks may read their secrets: without, none of them starts (R9.1). */
export function secretAccessCheck({ definition, clients, commands }: Surroundings): Check {
  return {
    title: 'access to secrets',
    look: async () => {
      const task = await definition();
      const parameters = secretSources(task).filter((source) => parameterName(source) !== source);
      if (parameters.length === 0) return { mark: 'SKIP', detail: 'no container has any' };
      const role = String(task.executionRoleArn?.split('/').at(-1));
      const allowed = await allowedPatterns(clients.iam, role);
      if (allowed === undefined) return { mark: 'SKIP', detail: 'not looked at, as it needs: roles' };
      const closed = parameters.filter((arn) => !allowed.some((pattern) => covers(pattern, arn)));
      if (closed.length > 0 && (await hasManagedPolicies(clients.iam, role))) {
        return { mark: 'SKIP', detail: `managed policies of ${role} are not looked at` };
      }
      return findingOf(
        closed.map((arn) => `${role} may not read ${parameterName(arn)}`),
        `${role} may read them`,
        `allow it: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}

/** What the role may read by its own policies; undefined where there is no role. */
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
