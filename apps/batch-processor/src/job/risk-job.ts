import { z } from 'zod';
import { listOf, returnsByInstrument } from './long-lists';
import { scenarioRules } from './scenario-rules';

const INSTRUMENT = 'is not the name of an instrument - send a text of 1 to 64 characters';
const QUANTITY = 'is not a quantity - send a number from -1e12 to 1e12, negative for a short position';
const PRICE = 'is not a price - send a number above 0, up to 1e9';
const CONFIDENCE = 'is not a confidence - send a number from 0.5 to below 1, such as 0.99';
const HORIZON = 'is not a number of days - send a whole number from 1 to 250';

/** The bounds keep every sum within the range of floating-point numbers. */
const position = z.strictObject(
  {
    instrument: z.string(INSTRUMENT).min(1, INSTRUMENT).max(64, INSTRUMENT),
    quantity: z.number(QUANTITY).min(-1e12, QUANTITY).max(1e12, QUANTITY),
    price: z.number(PRICE).gt(0, PRICE).max(1e9, PRICE),
  },
  'is not a position - send { "instrument": …, "quantity": …, "price": … }',
);

const scenarios = z.strictObject(
  {
    dates: listOf(
      z.iso.date('is not a date - send a day such as "2024-12-31"'),
      'is not a list of dates - send one date for each scenario',
    ),
    returns: returnsByInstrument,
  },
  'is not a set of scenarios - send { "dates": [ … ], "returns": { "<instrument>": [ … ] } }',
);

/** The body of `POST /jobs`. */
export const riskJob = z
  .strictObject(
    {
      positions: listOf(position, 'is not a list of positions - send at least one position'),
      scenarios,
      confidence: z.number(CONFIDENCE).min(0.5, CONFIDENCE).lt(1, CONFIDENCE).default(0.99),
      horizonDays: z.int(HORIZON).min(1, HORIZON).max(250, HORIZON).default(1),
    },
    'is not a job - send { "positions": [ … ], "scenarios": { … } }',
  )
  .superRefine(scenarioRules, { when: () => true });

export type RiskJob = z.infer<typeof riskJob>;
