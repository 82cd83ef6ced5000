export type {
  Directories,
  Synthesis,
  TerraformHandoff,
  Identifiers,
  StackTraces,
  StateStorage,
  TerraformRunner,
  Installation,
} from './effects';
export { type ChosenStack, findStack, readStackManifest } from './chosen-stack';
export type { StackManifest } from './dependent-stacks';
export { confirmDestroyRun } from './confirm-destroy';
export { type DestroyOptions, destroyOutput, destroyStack } from './destroy-stack';
export { confirmDeployRun } from './confirm-deploy';
export { confirmLoss, requireAnswer, type YesOption } from './confirm-loss';
export { type DeployOptions, deployOutput, deployStack, redeployOutput } from './deploy-stack';
export { releaseHandoff } from './release-handoff';
export { type DriftOptions, driftOfStack, driftOutput } from './drift-of-stack';
export { type RunFile, countsLine, problemsOf, readLastRun } from './run-file';
export { describeHandoff, type HandoffNote, releaseNeeds } from './pending-release';
export { runStack, type RunEffects } from './run-stack';
export { type PlanOptions, planOutput, planStack } from './plan-stack';
export { prepareOutput, type PrepareOptions, prepareStack } from './prepare-stack';
export { printWarnings } from './enforce-policy';
export { windowInTheWay } from './window-guard';
export { lastApply } from './up-to-date';
export { BELOW_START, printError } from './print-error';
export {
  outputsOfStack,
  outputsOutput,
  pushStateOfStack,
  pushStateOutput,
  unlockOutput,
  unlockStack,
} from './stack-state';
