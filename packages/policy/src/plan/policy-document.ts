import { PARTLY_UNKNOWN } from '../model/policy-statements';
import { type Attributes, blocks, isAttributes, parsed, texts, type Value } from '../model/value';

/**
 * The policy of a data source `aws_iam_policy_document` that Terraform reads during apply: its own statements and those of its source
 * documents. If one of these is unknown, the policy is partly unknown.
 * @param textOf the document behind a reference
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/iam_policy_document
 */
export function policyDocumentOf(attributes: Attributes, textOf: (value: Value) => string | undefined): string {
  const documentsIn = (name: string) => texts(attributes[name]).map((text) => parsed(textOf(text) ?? text));
  const sources = documentsIn('source_policy_documents');
  const overrides = documentsIn('override_policy_documents');
  const statementsOf = (documents: readonly (Value | undefined)[]) =>
    documents.flatMap((document) => (isAttributes(document) ? blocks(document['Statement']) : []));
  const own = blocks(attributes['statement']).map(statementOf);
  const unknown = [...sources, ...overrides].some((one) => !isAttributes(one) || one[PARTLY_UNKNOWN] !== undefined);
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: bySid([...statementsOf(sources), ...own, ...statementsOf(overrides)]),
    ...(unknown && { [PARTLY_UNKNOWN]: true }),
  });
}

/** A later statement replaces an earlier one with the same Sid. */
function bySid(statements: readonly Attributes[]): readonly Attributes[] {
  return statements.filter(
    ({ Sid }, index) => !Sid || !statements.slice(index + 1).some((later) => later['Sid'] === Sid),
  );
}

function statementOf(statement: Attributes): Attributes {
  return {
    Sid: statement['sid'],
    Effect: statement['effect'] ?? 'Allow',
    Principal: principalOf(blocks(statement['principals'])),
    Action: listed(statement['actions']),
    NotAction: listed(statement['not_actions']),
    Resource: listed(statement['resources']),
    NotResource: listed(statement['not_resources']),
    Condition: conditionOf(blocks(statement['condition'])),
  };
}

function principalOf(principals: readonly Attributes[]): Value | undefined {
  if (principals.some(({ type }) => type === '*')) return '*';
  if (principals.length === 0) return undefined;
  return Object.fromEntries(principals.map(({ type, identifiers }) => [String(type), texts(identifiers)]));
}

function conditionOf(conditions: readonly Attributes[]): Value | undefined {
  const operators = [...new Set(conditions.map(({ test }) => String(test)))];
  const tests = (operator: string) => conditions.filter(({ test }) => String(test) === operator);
  return Object.fromEntries(
    operators.map((operator) => [
      operator,
      Object.fromEntries(tests(operator).map(({ variable, values }) => [String(variable), texts(values)])),
    ]),
  );
}

function listed(value: Value | undefined): readonly string[] | undefined {
  const items = texts(value);
  return items.length === 0 ? undefined : items;
}
