import { environmentFile, environmentOf, type Environment } from '@nightshift/config';
import type { z } from 'zod';

/** What a test says differs from the defaults, as an environment file would. */
export type EnvironmentOverrides = Partial<z.input<typeof environmentFile>>;

interface EnvironmentFixture {
  readonly name?: string;
  /** @default - the name */
  readonly suffix?: string;
  /** What the file contains besides its tags. */
  readonly file?: object;
}

/** An environment as its file would give it. */
export function environmentFixture({ name = 'dev', suffix = name, file = {} }: EnvironmentFixture = {}): Environment {
  const tags = { Project: 'nightshift', CostCenter: '4711' };
  return environmentOf(environmentFile.parse({ tags, ...file }), name, suffix);
}

/** The environment `test`: the defaults of the schema, so the requirements' numbers, and what the test changes. */
export function testEnvironment(overrides: EnvironmentOverrides = {}): Environment {
  return environmentFixture({ name: 'test', file: overrides });
}
