import { MOST_PROBLEMS } from './long-lists';
import { A, problemsOf, rightJob, withPosition, withScenarios } from './risk-job.fixture';

const QUANTITY = 'send a number from -1e12 to 1e12, negative for a short position';
const PRICE = 'send a number above 0, up to 1e9';
const INSTRUMENT = 'send a text of 1 to 64 characters';
const RETURN = 'send a number from -1 to 1000, where 0.01 is 1 %';
const CONFIDENCE = 'send a number from 0.5 to below 1, such as 0.99';
const SCENARIOS = 'send { "dates": [ … ], "returns": { "<instrument>": [ … ] } }';
const DATES = 'send one date for each scenario';

describe('an invalid job', () => {
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

  it('is reported with all problems at once, in every part that can be read', () => {
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
  ])('is reported with the first of many problems of its %s, and their number', (_, job, last) => {
    const problems = problemsOf(job);
    expect(problems[MOST_PROBLEMS - 1]).toMatch(`${last}: `);
    expect(problems.slice(MOST_PROBLEMS)).toEqual(['body: has more problems - these are the first 100']);
  });
});
