import type { Environment } from '@nightshift/config';
import { type Problem, UserError } from '@nightshift/errors';
import type { LocalCloud } from '@nightshift/local-cloud';
import { awsSettings, type AwsSettings, type ProcessVariables } from './aws-settings';

/** The value 1 allows another endpoint for an environment in AWS: for tests, private endpoints, `nightshift local exec`. */
export const ALLOW_ENDPOINT_URL = 'NIGHTSHIFT_ALLOW_ENDPOINT_URL';

/** The cloud of an environment. */
export type InCloud = Pick<Environment, 'cloud' | 'name' | 'region'>;

export interface LocalClouds {
  readonly localCloud: () => Promise<LocalCloud>;
}

export type CloudEffects = ProcessVariables & LocalClouds;

/**
 * The variables of a program for the environment's cloud. For AWS, these are the user's own, so that profiles and SSO work as usual; for
 * the local cloud, they contain no AWS setting of the user.
 * @throws {UserError} when the local cloud is not running, or when the user's settings have a missing profile or another endpoint.
 */
export async function cloudEnvironment(environment: InCloud, effects: CloudEffects): Promise<ProcessVariables['env']> {
  const { cloud, region } = environment;
  if (cloud === 'local') return await (await effects.localCloud()).childEnvironment({ region });
  const settings = await awsSettings(effects);
  const problems = [
    ...missingProfile(settings),
    ...(isEndpointAllowed(effects) ? [] : foreignEndpoints(environment, settings)),
  ];
  const [first, ...others] = problems;
  if (first) throw new UserError(first, ...others);
  return effects.env;
}

/**
 * The endpoint that replaces AWS, for summaries: `http://127.0.0.1:45660 (AWS_ENDPOINT_URL)`.
 * @returns undefined for AWS and for the local cloud.
 */
export async function foreignEndpoint(
  { cloud }: Pick<Environment, 'cloud'>,
  effects: ProcessVariables,
): Promise<string | undefined> {
  if (cloud === 'local' || !isEndpointAllowed(effects)) return undefined;
  const { endpoints } = await awsSettings(effects);
  return endpoints.length === 0 ? undefined : endpoints.map(({ value, from }) => `${value} (${from})`).join(', ');
}

/** The same as the last line of a command's output. */
export async function endpointLines(
  environment: Pick<Environment, 'cloud'>,
  effects: ProcessVariables,
): Promise<readonly string[]> {
  const endpoint = await foreignEndpoint(environment, effects);
  return endpoint === undefined ? [] : [`AWS endpoint: ${endpoint}\n`];
}

function isEndpointAllowed({ env }: Pick<ProcessVariables, 'env'>): boolean {
  return env[ALLOW_ENDPOINT_URL] === '1';
}

function foreignEndpoints({ name }: Pick<Environment, 'name'>, { endpoints }: AwsSettings): Problem[] {
  return endpoints.map(({ value, from }) => ({
    where: `environments/${name}.yaml: cloud`,
    what: `the environment is in AWS, but ${from} sends its calls elsewhere`,
    got: value,
    todo: `remove that setting; to use this endpoint, set ${ALLOW_ENDPOINT_URL}=1`,
  }));
}

/** If a profile is missing, the SDKs silently try other credentials or fail with an unclear message. */
function missingProfile({ profile, profiles, files }: AwsSettings): Problem[] {
  if (profile === undefined || profile.value === 'default' || profiles.includes(profile.value)) return [];
  return [
    {
      where: 'AWS credentials',
      what: `${profile.from} names a profile that is not in ${files.join(' or ')}`,
      got: profile.value,
      todo: `${profiles.length === 0 ? '' : `use one of ${profiles.join(', ')}, or `}create it: aws configure sso --profile ${profile.value}`,
    },
  ];
}
