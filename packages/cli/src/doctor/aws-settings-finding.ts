import type { Environment } from '@nightshift/config';
import { awsSettings, type AwsSettings } from '../aws/aws-settings';
import { cloudEnvironment, type CloudEffects } from '../environment/cloud-environment';
import { narrowEnvFiles } from '../environment/env-files';
import type { Effects } from '../effects';
import type { Finding } from './check';

/**
 * Which settings of the user count for the commands of an environment, and where each is from.
 * @throws {UserError} when they lead to no profile or past AWS.
 */
export async function awsSettingsFinding(
  environment: Environment,
  effects: CloudEffects & Pick<Effects, 'root'>,
): Promise<Finding> {
  await cloudEnvironment(environment, effects);
  if (environment.cloud === 'local') {
    return { mark: 'OK', detail: 'those of the local cloud; AWS_* variables and files in ~/.aws are not used' };
  }
  const narrow = narrowEnvFiles(effects.root, environment.name);
  if (narrow.length > 0) {
    return {
      mark: 'NG',
      detail: narrow.map(({ file, names }) => `${file} sets ${names.join(', ')} for some commands only`).join('; '),
      remedy: `move it to .env.${environment.name}.local, which counts for all commands of ${environment.name}`,
    };
  }
  const settings = await awsSettings(effects);
  return { mark: 'OK', detail: [credentialsOf(settings), endpointOf(settings)].join('; ') };
}

function credentialsOf({ profile, accessKey, role }: AwsSettings): string {
  if (accessKey)
    return `access key ${accessKey.value} (${accessKey.from})${profile ? `, which comes before profile ${profile.value}` : ''}`;
  const named = profile ? `profile ${profile.value} (${profile.from})` : 'profile default (no other is named)';
  return role ? `${named}, role ${role.value} (${role.from})` : named;
}

function endpointOf({ endpoints }: AwsSettings): string {
  if (endpoints.length === 0) return 'endpoint of AWS';
  return endpoints.map(({ value, from }) => `endpoint ${value} (${from})`).join(', ');
}
