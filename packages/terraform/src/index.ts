export { findProviders, type FindProvidersOptions, type ProviderSource } from './find-providers';
export { findTerraform, type FindTerraformOptions, type FoundTerraform } from './find-terraform';
export type { TerraformBinary, TerraformProduct } from './terraform-version';
export type { BackendConfig } from './backend-record';
export { LOCK_FILE, lockedProviderVersion } from './provider-mirror';
export type { ProviderHostProps } from './provider-host/attach-provider';
export type { FailureKind } from './known-failures';
export type { ProcessEnvironment, ProcessRequest, ProcessResult, RunProcess } from './run-process';
export type { Summary } from './run-record';
export type { TerraformOptions } from './run-terraform';
export { TerraformError, TerraformInterrupted, type Failure } from './terraform-error';
export { UNSAVED_STATE } from './synthesized-stack';
export type {
  DiagnosticEvent,
  PlannedEvent,
  ResourceEvent,
  SummaryEvent,
  TerraformAction,
  TerraformEvent,
  TerraformPhase,
} from './terraform-event';
export { Terraform, type PlanOptions, type Change, type ResourceChange, type TerraformPlan } from './terraform';
