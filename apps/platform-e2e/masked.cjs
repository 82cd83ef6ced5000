/** What may not leave the machine of a trial. Request ids lead AWS's support to the account. */
const MASKS = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  [/\b(?:AKIA|ASIA|AROA|AIDA|AGPA|AIPA|ANPA)[A-Z0-9]{12,}\b/g, '<access key>'],
  [/(request[ -]?id\\?["']?\s*[:=]\s*\\?["']?)[\w+/=-]+/gi, '$1<request id>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<uuid>'],
  // Also in ARNs and in names. Ids of resources have letters next to their digits.
  [/(?<![A-Za-z0-9])\d{12}(?![A-Za-z0-9])/g, '<account>'],
];

/** @param text without account ids, keys, and request ids. */
function masked(text) {
  return MASKS.reduce((result, [pattern, mask]) => result.replace(pattern, mask), text);
}

/** Masks the results of jest before it writes them: `testResultsProcessor` in the configuration of jest. */
function maskResults(results) {
  for (const suite of results.testResults) {
    if (suite.failureMessage) suite.failureMessage = masked(suite.failureMessage);
    for (const test of suite.testResults) test.failureMessages = test.failureMessages.map(masked);
  }
  return results;
}

module.exports = maskResults;
module.exports.masked = masked;
