/** An operating system and a processor in HashiCorp's words; `<os>_<arch>` in the names of packages. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}

/** https://nodejs.org/api/process.html#processplatform */
const systems: Readonly<Record<string, string>> = { win32: 'windows' };

/** https://nodejs.org/api/process.html#processarch */
const processors: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** The platform of a Node.js `process`; what HashiCorp calls as Node.js does stays as it is. */
export function platformOf({ platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'>): Platform {
  return { os: systems[platform] ?? platform, arch: processors[arch] ?? arch };
}
