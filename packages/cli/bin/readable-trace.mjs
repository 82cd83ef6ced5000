import { SourceMap } from 'node:module';

/**
 * A function that makes places in the bundle places in the sources, in the text of a stack trace.
 * @param {string} bundle its file name.
 * @param {() => string} map reads its source map. That happens when a trace is printed and not before: it is big.
 */
export function traceReader(bundle, map) {
  return (trace) => {
    if (!trace.includes(bundle)) return trace;
    const sourceMap = new SourceMap(JSON.parse(map()));
    const [head, ...others] = trace.split(`${bundle}:`);
    const places = others.map((text) => {
      const [place, line, column] = /^(\d+):(\d+)/.exec(text);
      // The bundle's first line is not in the map; lines and columns count from one here and from zero there.
      const { originalSource, originalLine, originalColumn } = sourceMap.findEntry(line - 2, column - 1);
      const origin = `${originalSource}:${originalLine + 1}:${originalColumn + 1}`;
      return (originalSource ? origin : `${bundle}:${place}`) + text.slice(place.length);
    });
    return [head, ...places].join('');
  };
}
