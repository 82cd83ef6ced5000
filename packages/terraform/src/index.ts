export { findProviders, type FindProvidersOptions, type ProviderSource } from './find-providers';
export { findTerraform, type FindTerraformOptions, type FoundTerraform } from './find-terraform';
export type { BackendConfig } from './init-fingerprint';
export type { FailureKind } from './known-failures';
export { LOCK_FILE, lockedProviderVersion } from './lock-file';
export type { ProcessEnvironment, ProcessRequest, ProcessResult, RunProcess } from './run-process';
export type { Summary } from './run-record';
export { SUPPORTED_VERSIONS, type TerraformBinary, type TerraformProduct } from './terraform-binary';
export { TerraformError, TerraformInterrupted, type Failure } from './terraform-error';
export type {
  DiagnosticEvent,
  PlannedEvent,
  ResourceEvent,
  SummaryEvent,
  TerraformAction,
  TerraformEvent,
  TerraformPhase,
} from './terraform-event';
export { Terraform, type PlanOptions } from './terraform';
export type { TerraformOptions } from './terraform-options';
export type { Change, ResourceChange, TerraformPlan } from './terraform-plan';
export { UNSAVED_STATE } from './user-commands';
