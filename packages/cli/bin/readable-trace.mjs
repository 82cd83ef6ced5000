import { SourceMap } from 'node:module';

/**
 * Returns a function that maps the positions in a stack trace from the bundle to the sources.
 * @param {string} bundle its file name.
 * @param {() => string} map reads its source map, which is large: called only when a stack trace is printed.
 */
export function traceReader(bundle, map) {
  return (trace) => {
    if (!trace.includes(bundle)) return trace;
    const sourceMap = new SourceMap(JSON.parse(map()));
    const [head, ...others] = trace.split(`${bundle}:`);
    const places = others.map((text) => {
      const [place, line, column] = /^(\d+):(\d+)/.exec(text);
      // The source map does not contain the bundle's first line. A stack trace counts lines and columns from one, the map from zero.
      const { originalSource, originalLine, originalColumn } = sourceMap.findEntry(line - 2, column - 1);
      const origin = `${originalSource}:${originalLine + 1}:${originalColumn + 1}`;
      return (originalSource ? origin : `${bundle}:${place}`) + text.slice(place.length);
    });
    return [head, ...places].join('');
  };
}
