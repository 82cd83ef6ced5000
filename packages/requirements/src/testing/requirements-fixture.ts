import type { LocalClouds } from '@nightshift/aws-access';
import { UserError } from '@nightshift/errors';
import type { LocalCloud, LocalCloudStatus } from '@nightshift/local-cloud';
import { FakeAws } from '@nightshift/state-bucket/testing';
import type { RequirementsContext } from '../requirements-context';

/** A local cloud in a state. */
export function localCloudIn(status: LocalCloudStatus): LocalClouds['localCloud'] {
  return () => Promise.resolve({ status: () => Promise.resolve(status) } as unknown as LocalCloud);
}

/** A machine that passes all checks. A test changes single values. */
export function requirementsFixture(localCloud = localCloudIn({ running: false })) {
  const aws = new FakeAws();
  const context: RequirementsContext = {
    effects: { env: {}, envFiles: {}, root: '/workspace', localCloud },
    nodeVersion: '22.1.0',
    tryToWrite: () => Promise.resolve(),
    findPython: () => Promise.resolve({ version: '3.12.1', executable: '/usr/bin/python3' }),
    findTerraform: ({ env }) =>
      Promise.resolve({
        binary: { path: '/usr/bin/terraform', version: '1.11.4', product: 'terraform' },
        source: 'path',
        env,
        notices: [],
      }),
    findProviders: ({ env }) =>
      Promise.resolve({
        kind: 'mirror',
        version: '5.100.0',
        description: 'hashicorp/aws 5.100.0 from /opt/tf-plugins',
        env,
      }),
    accountRequirements: () =>
      Promise.resolve([
        {
          title: 'quota VPCs per Region',
          run: () => Promise.resolve({ mark: 'OK', detail: '5 VPCs, 1 needed for the environment' }),
        },
      ]),
    finishEnded: () => Promise.resolve({ kind: 'nothing' }),
    connect: () => Promise.resolve(aws.clients),
  };
  return { aws, context };
}

/** The error of a finder without a result. */
export function missing(where: string): UserError {
  return new UserError({ where, what: 'is missing', got: 'nothing', todo: `install ${where}` });
}
