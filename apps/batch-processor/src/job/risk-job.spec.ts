import { answerJob } from './answer-job';
import { MOST_PROBLEMS } from './long-lists';
import { answerTo, bytes, problemsOf, rightJob } from './risk-job.fixture';

const A = { instrument: 'A', quantity: 1, price: 1 };
const withPosition = (position: unknown) => ({ ...rightJob(), positions: [position] });
const withScenarios = (scenarios: object) => ({ ...rightJob(), scenarios: { ...rightJob().scenarios, ...scenarios } });

const QUANTITY = 'send a number from -1e12 to 1e12, negative for a short position';
const PRICE = 'send a number above 0, up to 1e9';
const INSTRUMENT = 'send a text of 1 to 64 characters';
const RETURN = 'send a number from -1 to 1000, where 0.01 is 1 %';
const CONFIDENCE = 'send a number from 0.5 to below 1, such as 0.99';
const SCENARIOS = 'send { "dates": [ … ], "returns": { "<instrument>": [ … ] } }';
const DATES = 'send one date for each scenario';

describe('a job that is wrong', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['null', null, ['body: is not a job, got null - send { "positions": [ … ], "scenarios": { … } }']],
    ['a list', [A], ['body: is not a job, got a list - send { "positions": [ … ], "scenarios": { … } }']],
    [
      'an empty object',
      {},
      ['positions: is missing - send at least one position', `scenarios: is missing - ${SCENARIOS}`],
    ],
    [
      'unknown keys',
      { ...rightJob(), currency: 'EUR', note: 1 },
      ['currency: is not a known key - remove it', 'note: is not a known key - remove it'],
    ],
    [
      'no positions',
      { ...rightJob(), positions: [] },
      ['positions: is not a list of positions, got an empty list - send at least one position'],
    ],
    [
      'positions by name',
      { ...rightJob(), positions: { A: 1 } },
      ['positions: is not a list of positions, got an object - send at least one position'],
    ],
    [
      'a position that is a number',
      withPosition(7),
      ['positions[0]: is not a position, got 7 - send { "instrument": …, "quantity": …, "price": … }'],
    ],
    [
      'an empty position',
      withPosition({}),
      [
        `positions[0].instrument: is missing - ${INSTRUMENT}`,
        `positions[0].quantity: is missing - ${QUANTITY}`,
        `positions[0].price: is missing - ${PRICE}`,
      ],
    ],
    [
      'a position with an unknown key',
      withPosition({ ...A, isin: 'X' }),
      ['positions[0].isin: is not a known key - remove it'],
    ],
    [
      'texts for numbers',
      withPosition({ ...A, quantity: '1', price: true }),
      [
        `positions[0].quantity: is not a quantity, got "1" - ${QUANTITY}`,
        `positions[0].price: is not a price, got true - ${PRICE}`,
      ],
    ],
    ['a price of nothing', withPosition({ ...A, price: 0 }), [`positions[0].price: is not a price, got 0 - ${PRICE}`]],
    [
      'amounts beyond measure',
      withPosition({ ...A, quantity: -1e13, price: 2e9 }),
      [
        `positions[0].quantity: is not a quantity, got -10000000000000 - ${QUANTITY}`,
        `positions[0].price: is not a price, got 2000000000 - ${PRICE}`,
      ],
    ],
    [
      'an instrument without a name',
      withPosition({ ...A, instrument: '' }),
      [`positions[0].instrument: is not the name of an instrument, got "" - ${INSTRUMENT}`],
    ],
    [
      'a name that is too long',
      withPosition({ ...A, instrument: 'x'.repeat(65) }),
      [`positions[0].instrument: is not the name of an instrument, got "${'x'.repeat(60)}..." - ${INSTRUMENT}`],
    ],
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
      'scenarios that are a list',
      { ...rightJob(), scenarios: [] },
      [`scenarios: is not a set of scenarios, got an empty list - ${SCENARIOS}`],
    ],
    ['no dates', withScenarios({ dates: undefined }), [`scenarios.dates: is missing - ${DATES}`]],
    [
      'dates that are none',
      withScenarios({ dates: ['2024-02-30', 20240103, '2024-01-04T00:00:00Z', '2024-01-05'] }),
      [
        'scenarios.dates[0]: is not a date, got "2024-02-30" - send a day such as "2024-12-31"',
        'scenarios.dates[1]: is not a date, got 20240103 - send a day such as "2024-12-31"',
        'scenarios.dates[2]: is not a date, got "2024-01-04T00:00:00Z" - send a day such as "2024-12-31"',
      ],
    ],
    [
      'a date twice',
      withScenarios({ dates: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-02'] }),
      ['scenarios.dates[3]: is in the list twice, got "2024-01-02" - send each day once'],
    ],
    [
      'returns that are a list',
      withScenarios({ returns: [0.1] }),
      ['scenarios.returns: is not a map of daily returns, got a list - send { "<instrument>": [ … ] }'],
    ],
    [
      'returns that are nothing',
      withScenarios({ returns: null }),
      ['scenarios.returns: is not a map of daily returns, got null - send { "<instrument>": [ … ] }'],
    ],
    [
      'one return for all',
      withScenarios({ returns: { A: 0.1 } }),
      ['scenarios.returns.A: is not a list of daily returns, got 0.1 - send one number for each date'],
    ],
    [
      'returns that are none',
      withScenarios({ returns: { A: ['0.1', -1.5, null, 1001] } }),
      [
        `scenarios.returns.A[0]: is not a daily return, got "0.1" - ${RETURN}`,
        `scenarios.returns.A[1]: is not a daily return, got -1.5 - ${RETURN}`,
        `scenarios.returns.A[2]: is not a daily return, got null - ${RETURN}`,
        `scenarios.returns.A[3]: is not a daily return, got 1001 - ${RETURN}`,
      ],
    ],
    [
      'returns that are too few',
      withScenarios({ returns: { A: [0.1, 0.2] } }),
      ['scenarios.returns.A: has not one return for each of the 4 dates, got 2 - send as many'],
    ],
    [
      'a confidence in percent',
      { ...rightJob(), confidence: 99 },
      [`confidence: is not a confidence, got 99 - ${CONFIDENCE}`],
    ],
    [
      'a confidence of less than a half',
      { ...rightJob(), confidence: 0.49 },
      [`confidence: is not a confidence, got 0.49 - ${CONFIDENCE}`],
    ],
    ['certainty', { ...rightJob(), confidence: 1 }, [`confidence: is not a confidence, got 1 - ${CONFIDENCE}`]],
    [
      'more confidence than scenarios',
      { ...rightJob(), confidence: 0.99 },
      [
        'scenarios.dates: are too few for a confidence of 0.99, got 4 - send at least 100 scenarios, or lower the confidence',
      ],
    ],
    [
      'half a day',
      { ...rightJob(), horizonDays: 0.5 },
      ['horizonDays: is not a number of days, got 0.5 - send a whole number from 1 to 250'],
    ],
    [
      'a horizon beyond the year',
      { ...rightJob(), horizonDays: 251 },
      ['horizonDays: is not a number of days, got 251 - send a whole number from 1 to 250'],
    ],
  ])('is refused: %s', (_, job, problems) => expect(problemsOf(job)).toEqual(problems));

  it('is told all that is wrong at once, in every part that can be read', () => {
    const job = {
      positions: [
        { ...A, instrument: 'B' },
        { ...A, price: -1 },
      ],
      scenarios: { dates: ['2024-01-02', '2024-01-02'], returns: { A: [0.1], B: 'x' }, source: 'desk' },
      horizonDays: 0,
      extra: true,
    };
    expect(problemsOf(job)).toEqual([
      `positions[1].price: is not a price, got -1 - ${PRICE}`,
      'scenarios.returns.B: is not a list of daily returns, got "x" - send one number for each date',
      'scenarios.source: is not a known key - remove it',
      'horizonDays: is not a number of days, got 0 - send a whole number from 1 to 250',
      'extra: is not a known key - remove it',
      'scenarios.dates[1]: is in the list twice, got "2024-01-02" - send each day once',
      'scenarios.dates: are too few for a confidence of 0.99, got 2 - send at least 100 scenarios, or lower the confidence',
    ]);
  });

  it('reads the smallest number of scenarios for its confidence', () => {
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
  ])('names a number of scenarios for a confidence of %d', (confidence, least) => {
    expect(problemsOf({ ...rightJob(), confidence })).toEqual([
      `scenarios.dates: are too few for a confidence of ${confidence}, got 4 - send at least ${least} scenarios, or lower the confidence`,
    ]);
  });

  it.each([
    ['returns', '"returns":{"A":[0.25', '"returns":{"A":[0],"A":[0.25', 'A'],
    ['an escaped name', '"returns":{"A":[0.25', '"returns":{"\\u0041":[0],"A":[0.25', 'A'],
    ['a position', '"quantity":10', '"quantity":10,"quantity": 20', 'quantity'],
    [
      'a value that is thrown away',
      '{"positions"',
      '{"positions":{"a":{"b":{"c":{"d":{"d":1}}}}},"positions"',
      'positions',
    ],
    ['confidence', '"confidence":0.5', '"confidence" :0.9,"confidence":0.5', 'confidence'],
  ])('has a key twice in one object: %s', (_, once, twice, key) => {
    const text = JSON.stringify(rightJob());
    expect(text).toContain(once);
    expect(answerJob(bytes(text.replace(once, twice)))).toEqual({
      status: 400,
      body: JSON.stringify({
        problems: [`body: has a key twice in one object, got ${JSON.stringify(key)} - send it once`],
      }),
    });
  });

  it('may have the same key in several objects, and texts that look like keys', () => {
    const { positions, scenarios } = rightJob();
    const name = 'A": {"A';
    const job = {
      positions: [...positions, ...positions, { instrument: name, quantity: 1, price: 1 }],
      scenarios: { ...scenarios, returns: { ...scenarios.returns, [name]: scenarios.returns.A } },
      confidence: 0.5,
    };
    expect(answerTo(job).status).toBe(200);
  });

  it.each<[string, unknown, string]>([
    ['positions', { ...rightJob(), positions: Array(500_000).fill({}) }, 'positions[33].instrument'],
    ['dates', withScenarios({ dates: Array(500_000).fill('x') }), 'scenarios.dates[99]'],
    ['returns', withScenarios({ returns: { A: Array(500_000).fill('x') } }), 'scenarios.returns.A[99]'],
    [
      'instruments',
      withScenarios({ returns: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`i${at}`, 1])) }),
      'scenarios.returns.i99',
    ],
    ['dates that come twice', withScenarios({ dates: Array(500).fill('2024-01-02') }), 'scenarios.dates[100]'],
  ])('lists the first of very many wrong %s, and says so', (_, job, last) => {
    const problems = problemsOf(job);
    expect(problems[MOST_PROBLEMS - 1]).toMatch(`${last}: `);
    expect(problems.slice(MOST_PROBLEMS)).toEqual(['body: has more problems - these are the first 100']);
  });
});
