import { GetRoleCommand } from '@aws-sdk/client-iam';
import { isAnswer } from '../aws-failure';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

const ECS = 'ecs-tasks.amazonaws.com';

/** Both roles of the task are there, and ECS may take them (R9.1, R9.2). */
export function rolesCheck({ definition, clients, commands }: Surroundings): Check {
  return {
    title: 'roles',
    look: async () => {
      const { executionRoleArn, taskRoleArn } = await definition();
      const names = [executionRoleArn, taskRoleArn]
        .filter((arn) => arn !== undefined)
        .map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
      const problems = await Promise.all(names.map((name) => problemOf(clients.iam, name)));
      return findingOf(
        problems.filter((problem) => problem !== undefined),
        `${names.join(', ')} trust ECS`,
        `bring them back: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}

async function problemOf(iam: Surroundings['clients']['iam'], name: string): Promise<string | undefined> {
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
    const trust = decodeURIComponent(String(Role?.AssumeRolePolicyDocument));
    return trusts(trust) ? undefined : `${name} does not trust ${ECS}`;
  } catch (error) {
    if (isAnswer(error, 'NoSuchEntityException', 'NoSuchEntity')) return `there is no role ${name}`;
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
