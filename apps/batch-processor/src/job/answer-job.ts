import { historicalSimulation } from '../risk/historical-simulation';
import { scenarioLosses, worstScenario } from '../risk/scenario-losses';
import { describeIssue } from './describe-issue';
import { MOST_PROBLEMS } from './long-lists';
import { repeatedKey } from './repeated-key';
import { riskJob, type RiskJob } from './risk-job';

export interface JobAnswer {
  readonly status: 200 | 400;
  /** The response, as JSON. */
  readonly body: string;
}

/**
 * The response of `POST /jobs` to a body. A pure function, so a caller can send the same bytes again. Runs completely in a worker thread:
 * parsing JSON of several megabytes takes longer than the calculation.
 */
export function answerJob(body: Uint8Array): JobAnswer {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    value = JSON.parse(text);
  } catch {
    return refusal(['body: is not JSON in UTF-8 - send one object']);
  }
  const { data, error } = riskJob.safeParse(value, { reportInput: true });
  if (!data) return refusal(error.issues.flatMap(describeIssue));
  const repeated = repeatedKey(text);
  if (repeated !== undefined) {
    return refusal([`body: has a key twice in one object, got ${JSON.stringify(repeated)} - send it once`]);
  }
  return { status: 200, body: JSON.stringify(calculate(data)) };
}

/** Both measures scale with the square root of the horizon, as for independent, identically distributed days. */
function calculate(job: RiskJob) {
  const losses = scenarioLosses(job);
  const { valueAtRisk, expectedShortfall } = historicalSimulation(losses, job.confidence);
  const scale = Math.sqrt(job.horizonDays);
  return {
    valueAtRisk: scale * valueAtRisk,
    expectedShortfall: scale * expectedShortfall,
    confidence: job.confidence,
    horizonDays: job.horizonDays,
    scenarios: losses.length,
    worstScenario: worstScenario(job.scenarios.dates, losses),
  };
}

function refusal(problems: readonly string[]): JobAnswer {
  const shown = problems.slice(0, MOST_PROBLEMS);
  if (problems.length > shown.length) shown.push(`body: has more problems - these are the first ${MOST_PROBLEMS}`);
  return { status: 400, body: JSON.stringify({ problems: shown }) };
}
