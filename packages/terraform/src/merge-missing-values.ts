import type { DiagnosticEvent } from './terraform-event';

/**
 * Terraform reports every place that reads a value which another stack does not publish: one diagnostic for each stack
 * that has to be deployed, with all the values, says it better.
 */
export function mergeMissingValues(diagnostics: readonly DiagnosticEvent[]): readonly DiagnosticEvent[] {
  return diagnostics.flatMap((diagnostic) => {
    const outputs = outputsThatLackOne(diagnostic);
    if (outputs === undefined) return diagnostic;
    const all = diagnostics.filter((other) => outputsThatLackOne(other) === outputs);
    if (all[0] !== diagnostic) return [];
    const names = [...new Set(all.flatMap(({ detail }) => /"[^"]+"/.exec(detail) ?? []))].sort();
    const { type, severity, summary } = diagnostic;
    const detail = `This object does not have an attribute named ${names.join(', ')}.`;
    return { type, severity, summary, detail, references: [outputs] };
  });
}

/** Such as `data.terraform_remote_state.cross-stack-reference-input-network.outputs`. */
function outputsThatLackOne({ summary, references = [] }: DiagnosticEvent): string | undefined {
  if (summary !== 'Unsupported attribute') return undefined;
  return references.find((reference) => /^data\.terraform_remote_state\.[\w-]+\.outputs$/.test(reference));
}
