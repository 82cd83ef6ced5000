import type { ConfiguredModule, ConfiguredResource, PlanJson } from './plan-json';

/** A module of the configuration and where it stands: names inside it are looked up here. */
export interface Scope {
  /** `module.a.module.b`, without indexes; empty for the root. */
  readonly path: string;
  readonly module: ConfiguredModule;
  /** @default - the root has none */
  readonly parent: Scope | undefined;
  /** Its name in the parent. */
  readonly name: string;
}

export interface Configured {
  readonly resource: ConfiguredResource;
  readonly scope: Scope;
}

/** The configuration of every resource by its address without indexes: `module.a.aws_vpc.Main`. */
export function configurationOf(plan: PlanJson): ReadonlyMap<string, Configured> {
  const root: Scope = { path: '', module: plan.configuration.root_module, parent: undefined, name: '' };
  return new Map(
    scopesIn(root).flatMap((scope) =>
      (scope.module.resources ?? []).map((resource) => [inside(scope.path, resource.address), { resource, scope }]),
    ),
  );
}

/** The scope of a module that is called in another. @returns undefined where nothing is known of it */
export function childScope(parent: Scope, name: string): Scope | undefined {
  const module = parent.module.module_calls?.[name]?.module;
  return module && { path: inside(parent.path, `module.${name}`), module, parent, name };
}

/** An address in a module. */
export function inside(module: string, address: string): string {
  return module === '' ? address : `${module}.${address}`;
}

/** `module.a[0].aws_vpc.Main["x"]` as `module.a.aws_vpc.Main`. */
export function withoutIndexes(address: string): string {
  return address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}

function scopesIn(scope: Scope): Scope[] {
  const calls = Object.keys(scope.module.module_calls ?? {});
  const children = calls.flatMap((name) => childScope(scope, name) ?? []);
  return [scope, ...children.flatMap(scopesIn)];
}
