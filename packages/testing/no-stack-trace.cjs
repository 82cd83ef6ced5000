/** Takes the place of what cdktf calls for each token: Jest would map every line of the trace to its source, half of the time of tests that synthesize. */
exports.captureStackTrace = () => [];
