import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from './rules';
import { waiverRules } from './waivers';

describe('the registry of rules', () => {
  it('holds every file of rules/, one rule a file, named after it', () => {
    const files = readdirSync(join(__dirname, 'rules')).filter(
      (file) => file.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(file),
    );
    expect(rules.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  it.each([...rules, ...waiverRules])('$id says what, why and where that comes from', ({ what, why, sources }) => {
    expect(what).toMatch(/^(?!.*\.$).{10,}$/);
    expect(why).toMatch(/^[A-Z].{10,}\.$/);
    expect(sources.length).toBeGreaterThan(0);
  });
});
