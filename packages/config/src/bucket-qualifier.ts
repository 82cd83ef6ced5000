import type { EnvironmentFile } from './schema/sections';

const LONGEST = 24;

/** Makes bucket names globally unique: the configured value, otherwise the Project tag in valid characters. */
export function bucketQualifier(file: Pick<EnvironmentFile, 'bucketQualifier' | 'tags'>): string {
  return file.bucketQualifier ?? slug(file.tags.Project);
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, LONGEST)
    .replace(/-$/, '');
}
