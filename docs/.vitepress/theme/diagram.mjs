// A mermaid diagram, drawn in the browser in the colours of the page.
import mermaidUrl from '@mermaid-js/tiny/dist/mermaid.tiny.js?url';
import { useData } from 'vitepress';
import { defineComponent, h, onMounted, ref, watch } from 'vue';

let loaded;
let drawn = 0;

export const Diagram = defineComponent({
  props: { source: { type: String, required: true } },
  setup(props) {
    const { isDark } = useData();
    const svg = ref('');
    const draw = async () => {
      loaded ??= load();
      const mermaid = await loaded;
      mermaid.initialize({ startOnLoad: false, theme: isDark.value ? 'dark' : 'neutral' });
      drawn += 1;
      svg.value = (await mermaid.render(`diagram-${drawn}`, decodeURIComponent(props.source))).svg;
    };
    onMounted(draw);
    watch(isDark, draw);
    return () => h('div', { class: 'diagram', innerHTML: svg.value });
  },
});

/** The file is one script without imports, so it is not bundled. It sets the global `mermaid`. */
async function load() {
  const script = document.createElement('script');
  script.src = mermaidUrl;
  const done = new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error(`${mermaidUrl}: did not load`)));
  });
  document.head.append(script);
  await done;
  return globalThis.mermaid;
}
