import { readFile } from 'node:fs/promises';
import { UserError } from '@nightshift/errors';

const REMEDY = 'write it with: terraform show -json <plan file> > plan.json';

/**
 * The JSON in a file that should hold a plan.
 * @param name the file as the user wrote it.
 * @throws {UserError} where there is no file, or no JSON in it.
 */
export async function readPlan(file: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserError({ where: name, what: 'is not the JSON of a Terraform plan', todo: REMEDY });
    }
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EISDIR') throw error;
    throw new UserError({
      where: name,
      what: code === 'ENOENT' ? 'there is no such file' : 'is a directory',
      todo: REMEDY,
    });
  }
}
