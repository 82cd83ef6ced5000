import type { Environment } from '@nightshift/config';
import type { Check } from './check';
import type { DoctorContext } from './doctor-context';
import { nodeCheck } from './node-check';
import { pythonCheck } from './python-check';
import { terraformChecks } from './terraform-checks';
import { workspaceCheck } from './workspace-check';

/** What this machine must have, wherever the environment is. */
export function machineChecks(environment: Pick<Environment, 'cloud'>, context: DoctorContext): Check[] {
  return [
    nodeCheck(context.nodeVersion),
    workspaceCheck(context),
    pythonCheck(environment, context),
    ...terraformChecks(context),
  ];
}
