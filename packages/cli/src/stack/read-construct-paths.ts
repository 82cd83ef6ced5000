import { readFile } from 'node:fs/promises';

interface Block {
  readonly '//'?: { readonly metadata?: { readonly path?: string } };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** Reads from a synthesized stack which construct made the resource or data source at an address. */
export async function readConstructPaths(file: string): Promise<(address: string) => string | undefined> {
  const { resource, data } = JSON.parse(await readFile(file, 'utf8')) as { resource?: Blocks; data?: Blocks };
  return (address) => {
    // `aws_subnet.Vpc_Private_1A2B[0]`, `data.aws_region.Region`
    const [, isData, type = '', name = ''] = /^(data\.)?(\w+)\.([\w-]+)/.exec(address) ?? [];
    return (isData ? data : resource)?.[type]?.[name]?.['//']?.metadata?.path;
  };
}
