export { accountChecks, awsChecks, localCloudCheck, type NarrowEnvFile } from './aws-checks';
export { machineChecks } from './machine-checks';
export { machineContext, type RequirementsContext } from './requirements-context';
