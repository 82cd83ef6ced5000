export { findProviders, type FindProvidersOptions, type ProviderSource } from './find-providers';
export {
  findTerraform,
  type FindTerraformOptions,
  type FoundTerraform,
  type TerraformBinary,
  type TerraformProduct,
} from './find-terraform';
export { type BackendConfig, LOCK_FILE, lockedProviderVersion } from './init-stack';
export type { FailureKind } from './known-failures';
export type { ProcessEnvironment, ProcessRequest, ProcessResult, RunProcess } from './run-terraform';
export type { Summary } from './run-record';
export { TerraformError, TerraformInterrupted, type Failure, UNSAVED_STATE } from './terraform-error';
export type {
  DiagnosticEvent,
  PlannedEvent,
  ResourceEvent,
  SummaryEvent,
  TerraformAction,
  TerraformEvent,
  TerraformPhase,
} from './terraform-event';
export {
  Terraform,
  type PlanOptions,
  type TerraformOptions,
  type Change,
  type ResourceChange,
  type TerraformPlan,
} from './terraform';
