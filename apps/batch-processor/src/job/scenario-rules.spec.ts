import { A, problemsOf, rightJob, withPosition, withScenarios } from './risk-job.fixture';

describe('the scenarios of a job', () => {
  it.each<[string, unknown, readonly string[]]>([
    [
      'an instrument without returns',
      withPosition({ ...A, instrument: 'B' }),
      ['positions[0].instrument: has no returns, got "B" - add it to scenarios.returns, or remove the position'],
    ],
    [
      'an instrument that every object has',
      withPosition({ ...A, instrument: 'toString' }),
      ['positions[0].instrument: has no returns, got "toString" - add it to scenarios.returns, or remove the position'],
    ],
    [
      'a date twice',
      withScenarios({ dates: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-02'] }),
      ['scenarios.dates[3]: is in the list twice, got "2024-01-02" - send each day once'],
    ],
    [
      'returns that are too few',
      withScenarios({ returns: { A: [0.1, 0.2] } }),
      ['scenarios.returns.A: has not one return for each of the 4 dates, got 2 - send as many'],
    ],
    [
      'more confidence than scenarios',
      { ...rightJob(), confidence: 0.99 },
      [
        'scenarios.dates: are too few for a confidence of 0.99, got 4 - send at least 100 scenarios, or lower the confidence',
      ],
    ],
  ])('is refused: %s', (_, job, problems) => expect(problemsOf(job)).toEqual(problems));

  it('has fewer scenarios than its confidence requires', () => {
    const { positions } = rightJob();
    const job = (count: number, confidence: number) => {
      const dates = Array.from({ length: count }, (_, index) =>
        new Date(index * 86_400_000).toISOString().slice(0, 10),
      );
      return { positions, confidence, scenarios: { dates, returns: { A: dates.map(() => 0.1) } } };
    };
    const tooFew = (least: number, confidence: number) => [
      `scenarios.dates: are too few for a confidence of ${confidence}, got ${least - 1} - send at least ${least} scenarios, or lower the confidence`,
    ];
    expect(problemsOf(job(99, 0.99))).toEqual(tooFew(100, 0.99));
    expect(problemsOf(job(19, 0.95))).toEqual(tooFew(20, 0.95));
    expect(problemsOf(job(39, 0.975))).toEqual(tooFew(40, 0.975));
  });

  it.each([
    [0.999999, '1000000'],
    [0.9999999999, '9999999163'],
    [1 - Number.EPSILON / 2, '9007199245733793'],
  ])('is reported with the number of scenarios that a confidence of %d requires', (confidence, least) => {
    expect(problemsOf({ ...rightJob(), confidence })).toEqual([
      `scenarios.dates: are too few for a confidence of ${confidence}, got 4 - send at least ${least} scenarios, or lower the confidence`,
    ]);
  });
});
