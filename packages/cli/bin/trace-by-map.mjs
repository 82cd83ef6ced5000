import { SourceMap } from 'node:module';

/**
 * For `Error.prepareStackTrace`: places in the bundle become places in the sources.
 * @param {string} bundle its file name.
 * @param {() => string} map reads its source map, which happens only when a stack trace is looked at.
 */
export function traceByMap(bundle, map) {
  let sourceMap;
  const originOf = (frame) => {
    sourceMap ??= new SourceMap(JSON.parse(map()));
    // The bundle's first line is not in the map; lines and columns count from one here and from zero there.
    const { originalSource, originalLine, originalColumn } = sourceMap.findEntry(
      frame.getLineNumber() - 2,
      frame.getColumnNumber() - 1,
    );
    return originalSource && `${originalSource}:${originalLine + 1}:${originalColumn + 1}`;
  };
  return (error, frames) => {
    const lines = frames.map((frame) => {
      const text = String(frame);
      const origin = frame.getFileName() === bundle ? originOf(frame) : undefined;
      if (!origin) return `\n    at ${text}`;
      return `\n    at ${text.replace(`${bundle}:${frame.getLineNumber()}:${frame.getColumnNumber()}`, origin)}`;
    });
    return `${error}${lines.join('')}`;
  };
}
