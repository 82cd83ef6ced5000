import { UserError } from '@nightshift/errors';
import { FakeAws } from '@nightshift/state-bucket/testing';
import type { DoctorContext } from '../commands/doctor/doctor-context';
import { FakeLocalCloud } from './fake-local-cloud';

/** A machine that passes all checks. A test changes single values. */
export function doctorContextFixture() {
  const aws = new FakeAws();
  const cloud = new FakeLocalCloud();
  const context: DoctorContext = {
    effects: { env: {}, envFiles: {}, root: '/workspace', localCloud: cloud.provide },
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
  return { aws, cloud, context };
}

/** The error of a finder without a result. */
export function missing(where: string): UserError {
  return new UserError({ where, what: 'is missing', got: 'nothing', todo: `install ${where}` });
}
