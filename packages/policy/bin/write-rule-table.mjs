/** Writes the table of rules into docs/policy.md. Run after a change of a rule: node --import tsx packages/policy/bin/write-rule-table.mjs */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { rules, rulesMarkdown } from '../src/index.ts';

const file = join(import.meta.dirname, '../../../docs/policy.md');
const table = rulesMarkdown(rules, '../packages/policy/src/rules');
const text = readFileSync(file, 'utf8').replace(
  /(<!-- rules -->\n)[^]*(<!-- \/rules -->)/,
  (_, before, after) => `${before}\n${table}\n\n${after}`,
);
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
