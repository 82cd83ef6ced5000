import type { Environment } from '@nightshift/config';
import type { findProviders, findTerraform } from '@nightshift/terraform';
import type { AwsClients } from '../aws/connect-environment';
import type { Effects } from '../effects';

/** What the checks look at, passed in so that every state of a machine can be played. */
export interface DoctorContext {
  readonly effects: Pick<Effects, 'env' | 'envFiles' | 'root' | 'localCloud'>;
  /** Of the running Node.js, such as `20.20.2`. */
  readonly nodeVersion: string;
  /** Writes a file into a directory and removes it. @throws {Error} when that is not possible. */
  readonly tryToWrite: (directory: string) => Promise<void>;
  /** @throws {UserError} when there is none that the local cloud can run on. */
  readonly findPython: (env: Effects['env']) => Promise<{ readonly version: string; readonly executable: string }>;
  readonly findTerraform: typeof findTerraform;
  readonly findProviders: typeof findProviders;
  /** What the environment needs of the quotas of its account. */
  readonly quotaChecks: Effects['releases']['quotaChecks'];
  /** Clients for the environment's cloud. */
  readonly connect: (environment: Environment) => Promise<AwsClients>;
}
