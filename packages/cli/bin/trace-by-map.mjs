import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

/** For `Error.prepareStackTrace`: places in the bundle become places in the sources. The map is read only when a stack is. */
export function traceByMap(bundle) {
  let map;
  const load = () => (map ??= new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8'))));
  return (error, frames) => {
    const lines = frames.map((frame) => {
      const text = String(frame);
      if (frame.getFileName() !== bundle || !existsSync(`${bundle}.map`)) return `\n    at ${text}`;
      const place = `${bundle}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
      // The first line of the bundle is not in the map; both count from one here and from zero there.
      const { originalSource, originalLine, originalColumn } = load().findEntry(
        frame.getLineNumber() - 2,
        frame.getColumnNumber() - 1,
      );
      if (originalSource === undefined) return `\n    at ${text}`;
      return `\n    at ${text.replace(place, `${originalSource}:${originalLine + 1}:${originalColumn + 1}`)}`;
    });
    return `${error.name}: ${error.message}${lines.join('')}`;
  };
}
