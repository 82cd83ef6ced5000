import type { EnvironmentFile } from './schema/sections';

const LONGEST = 24;

/** What makes bucket names unique in all of AWS: as configured, else the Project tag in the characters of a bucket name. */
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
