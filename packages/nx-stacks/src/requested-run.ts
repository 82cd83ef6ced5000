import { parseArgs } from 'node:util';
import { isReleaseVerb } from './release-verbs';
import { isStackVerb } from './stack-verbs';

/** What the command line asks of Nx, as far as it concerns stacks. */
export interface RequestedRun {
  /** Whether a target of a stack, `synth` or `synth-unjudged` is asked for. */
  readonly concernsStacks: boolean;
  /** Whether a version is to be replaced. */
  readonly releases: boolean;
  /** What `-c`, or the third part of `project:target:configuration`, says. */
  readonly configuration: string | undefined;
  readonly arguments: readonly string[];
}

/** @param args what follows `nx`, such as `run-many -t deploy -c dev`. */
export function requestedRun(args: readonly string[]): RequestedRun {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      configuration: { type: 'string', short: 'c' },
      target: { type: 'string', short: 't', multiple: true },
      targets: { type: 'string', multiple: true },
    },
  });
  const words = [...positionals, ...texts(values['target']), ...texts(values['targets'])].flatMap((word) =>
    word.split(','),
  );
  const named = words.map((word) => word.split(':'));
  const [given] = texts(values['configuration']);
  const releases = named.flat().some(isReleaseVerb);
  return {
    releases,
    concernsStacks: releases || named.flat().some((word) => isStackVerb(word) || /^synth(?:-unjudged)?$/.test(word)),
    configuration: given?.replace(/^=/, '') ?? named.find(({ length }) => length === 3)?.[2],
    arguments: args,
  };
}

type Value = string | boolean | readonly (string | boolean)[] | undefined;

function texts(value: Value): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}
