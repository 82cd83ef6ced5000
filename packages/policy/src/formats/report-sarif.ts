import type { Report } from '../check-policies';
import type { Subject } from '../model/model';
import type { RuleDescription } from '../rule';
import { describeNotChecked, type NotChecked, type Violation } from '../violation';
import { type Waiver, waiverRules } from '../waivers';

/** One run of the log. */
export interface SarifRun {
  /** Identifies the run: the name of the environment. */
  readonly name: string;
  readonly report: Report;
  /** Whether unchecked resources are errors. */
  readonly strict: boolean;
  /** The file of a subject, relative to the root of the repository: `cdktf.out/dev/stacks/network/cdk.tf.json`. */
  readonly fileOf: (subject: Subject) => string;
}

/**
 * Reports for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. A waived violation is a result that
 * is suppressed, so that it stays visible.
 * @param version of the command.
 */
export function reportSarif(reports: readonly SarifRun[], version: string): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: reports.map((one) => runOf(one, version)),
  };
}

function runOf({ name, report, strict, fileOf }: SarifRun, version: string): object {
  const { violations, waived, ruleResults, notChecked } = report;
  const rules = [...ruleResults.map(({ rule }) => rule), ...waiverRules];
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const result = (violation: Violation, waiver?: Waiver) => ({
    ruleId: violation.rule.id,
    ruleIndex: indexOf.get(violation.rule.id),
    level: violation.rule.severity,
    message: { text: `${violation.rule.what}, got ${violation.got} - ${violation.fix}` },
    locations: [locationOf(violation.subject, fileOf(violation.subject))],
    // The same fault keeps its alert when the file changes in other places.
    partialFingerprints: { 'violation/v1': [violation.rule.id, violation.subject.path, violation.got].join('|') },
    ...(waiver && { suppressions: [{ kind: 'external', status: 'accepted', justification: justificationOf(waiver) }] }),
  });
  // Not results: code scanning would show each as an alert.
  const notification = (one: NotChecked) => ({
    level: strict ? 'error' : 'note',
    message: { text: describeNotChecked(one) },
    locations: [locationOf(one.subject, fileOf(one.subject))],
    ...(one.rule && { associatedRule: { id: one.rule.id, index: indexOf.get(one.rule.id) } }),
  });
  return {
    tool: { driver: { name: 'nightshift', version, rules: rules.map(descriptorOf) } },
    // Runs of one tool need categories of their own:
    // https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#runautomationdetails-object
    automationDetails: { id: `nightshift-policy/${name}/` },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notChecked.map(notification) }],
    results: [...violations.map((one) => result(one)), ...waived.map((one) => result(one, one.waiver))],
  };
}

function descriptorOf({ id, severity, what, why, sources }: RuleDescription): object {
  const pages = sources.filter((source) => source.startsWith('https://'));
  const list = sources.map((source) => `- ${source}`).join('\n');
  return {
    id,
    shortDescription: { text: what },
    fullDescription: { text: why },
    help: { text: `${why}\n\nSources: ${sources.join(', ')}`, markdown: `${why}\n\nSources:\n${list}` },
    ...(pages.length > 0 && { helpUri: pages[0] }),
    defaultConfiguration: { level: severity },
    properties: { tags: ['security', ...sources.filter((source) => /^(?:R\d|CKV)/.test(source))] },
  };
}

function locationOf({ path, address }: Subject, uri: string): object {
  return {
    // Code scanning requires a line; the logical location is the useful one.
    physicalLocation: { artifactLocation: { uri: encodeURI(uri) }, region: { startLine: 1 } },
    logicalLocations: [{ name: address, fullyQualifiedName: path, kind: 'resource' }],
  };
}

function justificationOf({ reason, owner, expires }: Waiver): string {
  return `${reason} (${owner}, until ${expires})`;
}
