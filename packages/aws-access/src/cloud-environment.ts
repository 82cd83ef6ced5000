import type { Environment } from '@nightshift/config';
import { type Problem, UserError } from '@nightshift/errors';
import type { LocalCloud } from '@nightshift/local-cloud';
import { awsSettings, type AwsSettings, type ProcessVariables } from './aws-settings';

/** Set to 1, it lets an environment in AWS be somewhere else: tests, private endpoints, `nightshift local exec`. */
export const ALLOW_ENDPOINT_URL = 'NIGHTSHIFT_ALLOW_ENDPOINT_URL';

/** The environment, as far as it says which cloud it is in. */
export type InCloud = Pick<Environment, 'cloud' | 'name' | 'region'>;

export interface LocalClouds {
  readonly localCloud: () => Promise<LocalCloud>;
}

export type CloudEffects = ProcessVariables & LocalClouds;

/**
 * The variables for a program that acts in the environment's cloud. In AWS they are the user's own, so that profiles and SSO
 * mean what they always mean; for the local cloud they contain no AWS setting of the user.
 * @throws {UserError} when the local cloud does not run, or the user's settings lead to no profile or past AWS.
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
 * Where the calls of an environment in AWS go instead, as summaries say it: `http://127.0.0.1:45660 (AWS_ENDPOINT_URL)`.
 * @returns undefined where they go to AWS, to the local cloud, or nowhere.
 */
export async function foreignEndpoint(
  { cloud }: Pick<Environment, 'cloud'>,
  effects: ProcessVariables,
): Promise<string | undefined> {
  if (cloud === 'local' || !isEndpointAllowed(effects)) return undefined;
  const { endpoints } = await awsSettings(effects);
  return endpoints.length === 0 ? undefined : endpoints.map(({ value, from }) => `${value} (${from})`).join(', ');
}

/** The same as the last line that a command prints for people. */
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

/** The SDKs read these files in silence when a profile is missing, and then look for other credentials or fail in words of their own. */
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
