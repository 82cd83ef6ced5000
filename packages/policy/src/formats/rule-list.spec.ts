import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../rules';
import { reportWithEverything } from './report.fixture';
import { rulesMarkdown } from './rule-list';

const DOCUMENT = join(__dirname, '../../../../docs/policy.md');
/** Rows without what only makes the table look even. */
const rowsOf = (table: string) => table.split('\n').map((row) => row.replace(/ +/g, ' ').replace(/-{2,}/g, '-'));

describe('the table of rules', () => {
  it('says of each what it demands, why, and where that comes from', () => {
    const [first, second] = reportWithEverything().judgements.map(({ rule }) => rule);
    const piped = { ...second!, what: 'a | b', sources: ['https://example.com', 'R1', 'CKV_AWS_1'] as const };
    expect(rulesMarkdown([first!, piped], 'rules')).toBe(
      `| rule | severity | what, and why | from |
| - | - | - | - |
| [cidr](rules/cidr.ts) | error | a VPC has a network. Or it would have none. | R1.1 |
| [address](rules/address.ts) | warning | a \\| b. Or it would have none. | R1, CKV_AWS_1 |`,
    );
  });

  it('in docs/policy.md is that of the code: node --import tsx packages/policy/bin/write-rule-table.mjs', () => {
    const [, table = ''] = /<!-- rules -->\n\n([^]*?)\n\n<!-- \/rules -->/.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
    expect(rowsOf(table)).toEqual(rowsOf(rulesMarkdown(rules, '../packages/policy/src/rules')));
  });
});
