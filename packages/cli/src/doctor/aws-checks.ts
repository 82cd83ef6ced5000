import type { Environment } from '@nightshift/config';
import { everydayCommands } from '@nightshift/errors';
import { guardAccount } from '../aws/caller';
import { ensureStateBucket, type EnsuredBucket } from '../state-bucket/ensure-state-bucket';
import { isChange } from '../state-bucket/setting-report';
import type { Check, Finding } from './check';
import type { DoctorContext } from './doctor-context';
import { environmentCaller, type EnvironmentCaller } from './environment-caller';
import { awsSettingsFinding } from './aws-settings-finding';
import { LOCAL_CLOUD } from './local-cloud-check';

const SETTINGS = 'AWS settings';
const CREDENTIALS = 'AWS credentials';
const ACCOUNT = 'account';
const REGION = 'region';

/** What must be right in the environment's cloud before something is deployed there. */
export function awsChecks(environment: Environment, { connect, effects }: DoctorContext): Check[] {
  const { account, region, cloud } = environment;
  let asked: Promise<EnvironmentCaller> | undefined;
  const caller = () => (asked ??= environmentCaller(environment, connect));
  return [
    {
      title: SETTINGS,
      needs: cloud === 'local' ? [LOCAL_CLOUD] : [],
      look: () => awsSettingsFinding(environment, effects),
    },
    {
      title: CREDENTIALS,
      needs: [SETTINGS],
      look: async () => ({ mark: 'OK', detail: (await caller()).caller.arn }),
    },
    {
      title: ACCOUNT,
      needs: [CREDENTIALS],
      look: async () => {
        const { caller: found } = await caller();
        guardAccount(environment, found);
        const guard =
          account === undefined
            ? `any is accepted (environments/${environment.name}.yaml has no account.id)`
            : 'the one that the environment names';
        return { mark: 'OK', detail: `${found.account}, ${guard}` };
      },
    },
    {
      title: REGION,
      needs: [CREDENTIALS],
      look: async () => {
        const { regionFailure } = await caller();
        if (regionFailure === undefined)
          return { mark: 'OK', detail: `${region} of environments/${environment.name}.yaml answers` };
        return {
          mark: 'NG',
          detail: `${region} does not exist, or is not enabled for this account, or cannot be reached from here (${String(regionFailure.problems[0]?.got)})`,
          remedy: `correct region in environments/${environment.name}.yaml, or enable it: aws account enable-region --region-name ${region}`,
        };
      },
    },
    {
      title: 'state bucket',
      needs: [ACCOUNT, REGION],
      look: async () =>
        bucketFinding(
          await ensureStateBucket({ aws: await connect(environment), environment, check: true }),
          environment,
        ),
    },
  ];
}

/** What the account lets the environment have, at its first deployment and during a release. */
export async function quotaChecks(environment: Environment, context: DoctorContext): Promise<Check[]> {
  const checks = await context.quotaChecks(environment);
  return checks.map((check) => ({ ...check, needs: [ACCOUNT, REGION] }));
}

function bucketFinding({ bucket, settings, changed }: EnsuredBucket, environment: Environment): Finding {
  if (!changed) return { mark: 'OK', detail: `${bucket} is there and hardened` };
  const bootstrap = everydayCommands(environment).nightshift('bootstrap');
  if (settings.some(({ setting, outcome }) => setting === 'bucket' && outcome === 'would be created')) {
    return { mark: 'NG', detail: `${bucket} does not exist`, remedy: `create it: ${bootstrap}` };
  }
  // Without a key its alias, rotation and tags are missing too.
  const off = settings
    .filter((report) => isChange(report) && (report.was !== undefined || report.setting === 'KMS key'))
    .map(({ setting, was = 'missing' }) => `${setting} is ${was}`);
  return { mark: 'NG', detail: `${bucket} has drifted: ${off.join(', ')}`, remedy: `repair it: ${bootstrap}` };
}
