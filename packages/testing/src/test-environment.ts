import { environmentFile, environmentOf, type Environment } from '@nightshift/config';
import type { z } from 'zod';

/** What a test says differs from the defaults, as an environment file would. */
export type EnvironmentOverrides = Partial<z.input<typeof environmentFile>>;

/** The environment `test`: the defaults of the schema, so the requirements' numbers, and what the test changes. */
export function testEnvironment(overrides: EnvironmentOverrides = {}): Environment {
  const file = environmentFile.parse({ tags: { Project: 'nightshift', CostCenter: 'cc-1' }, ...overrides });
  return environmentOf(file, 'test', 'test');
}
