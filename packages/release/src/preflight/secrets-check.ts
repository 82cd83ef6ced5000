import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import type { Check } from './check';
import { parameterName, secretSources } from './secret-sources';
import type { Surroundings } from './surroundings';

/** So many names a call: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
const NAMES = 50;

/** The parameters that become variables of the containers are there. Only their names are asked for, never what they hold. */
export function secretsCheck({ definition, clients, environment }: Surroundings): Check {
  return {
    title: 'secrets',
    look: async () => {
      const names = secretSources(await definition()).map(parameterName);
      if (names.length === 0) return { mark: 'OK', detail: 'no container has any' };
      const known = await knownParameters(clients.ssm, names);
      const missing = names.filter((name) => !known.has(name) && !known.has(name.slice(1)));
      if (missing.length === 0) return { mark: 'OK', detail: names.join(', ') };
      return {
        mark: 'NG',
        detail: missing.map((name) => `there is no parameter ${name}`).join('; '),
        remedy: missing
          .map(
            (name) =>
              `aws ssm put-parameter --type SecureString --name ${name} --value '…' --region ${environment.region}`,
          )
          .join('; '),
      };
    },
  };
}

async function knownParameters(
  ssm: Surroundings['clients']['ssm'],
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
