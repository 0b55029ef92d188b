// Draws every [data-chart] with ECharts, which it loads at the first one. The option comes from the
// server as JSON; colours may be "var(--accent)", numbers are formatted by name: "fmt": "money:EUR".
(() => {
  const self = document.currentScript, root = document.documentElement;
  const lang = root.lang === "nl" ? "nl-NL" : "en-GB", charts = new Map();
  let library;
  root.classList.add("charts-work");

  const load = () => (library ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: self.dataset.echarts, nonce: self.nonce, onload: resolve, onerror: reject });
    document.head.append(script);
  }));

  // One pixel of canvas turns any CSS colour into one that the library can read.
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const colour = (name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = name;
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    probe.remove();
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return `rgba(${r},${g},${b},${a / 255})`;
  };

  const formatter = (name) => {
    const [kind, detail] = name.split(":"), digits = { maximumFractionDigits: Number(detail ?? 1) };
    const money = { style: "currency", currency: detail, notation: "compact", maximumFractionDigits: 1 };
    if (kind === "date") return (v) => new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(v));
    const number = new Intl.NumberFormat(lang, kind === "money" ? money : kind === "percent" ? { style: "percent", ...digits } : digits);
    return (v) => (v == null || v === "-" ? "–" : number.format(v));
  };

  // Fills in colours and formats, wherever they stand in the option.
  const fill = (node) => {
    if (typeof node === "string") return node.startsWith("var(--") ? colour(node) : node;
    if (Array.isArray(node)) return node.map(fill);
    if (!node || typeof node !== "object") return node;
    const out = Object.fromEntries(Object.entries(node).filter(([key]) => key !== "fmt").map(([key, value]) => [key, fill(value)]));
    if (node.fmt) {
      const format = formatter(node.fmt);
      out[node.trigger !== undefined || node.valueFormatter ? "valueFormatter" : "formatter"] = (v) => format(v?.value ?? v);
    }
    return out;
  };

  const draw = (element) => {
    const text = element.dataset.chart;
    const chart = charts.get(element) ?? window.echarts.init(element, null, { renderer: "svg" });
    if (!charts.has(element)) {
      chart.watch = new ResizeObserver(() => chart.resize());
      chart.watch.observe(element);
    }
    charts.set(element, chart);
    const option = fill(JSON.parse(text));
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("var(--ink-soft)"), ...option.textStyle };
    option.tooltip &&= { backgroundColor: colour("var(--surface)"), borderColor: colour("var(--rule)"), textStyle: { color: colour("var(--ink)") }, ...option.tooltip, renderMode: "richText" };
    chart.setOption({ animation: !still, animationDuration: 160, ...option }, { notMerge: true });
    chart.drawn = text;
  };

  const look = () => {
    for (const [element, chart] of charts) if (!element.isConnected) { chart.watch.disconnect(); chart.dispose(); charts.delete(element); }
    const due = [...document.querySelectorAll("[data-chart]")].filter((element) => element.dataset.chart && charts.get(element)?.drawn !== element.dataset.chart);
    if (due.length) load().then(() => due.filter((element) => element.isConnected).forEach(draw), () => root.classList.remove("charts-work"));
  };

  const again = () => { for (const [element] of charts) draw(element); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-chart"] });
  look();
})();
