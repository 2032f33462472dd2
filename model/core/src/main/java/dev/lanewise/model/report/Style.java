package dev.lanewise.model.report;

/** Colours and layout, for light and dark screens. */
final class Style {
  /** Of charts. */
  static final String CHART =
      """
      :root { color-scheme: light dark; --page: #f6f8fa; --card: #ffffff; --ink: #1f2328;
        --quiet: #59636e; --line: #d8dee4; --c0: #0969da; --c1: #c2410c; --c2: #1a7f37;
        --good: 26, 127, 55; --bad: 207, 34, 46; }
      @media (prefers-color-scheme: dark) {
        :root { --page: #0d1117; --card: #161b22; --ink: #e6edf3; --quiet: #9198a1;
          --line: #30363d; --c0: #58a6ff; --c1: #f0883e; --c2: #56d364;
          --good: 46, 160, 67; --bad: 248, 81, 73; }
      }
      .chart { display: block; width: 100%; height: auto;
        font: 11px system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
      .chart .card { fill: var(--card); }
      .chart text { fill: var(--ink); font-variant-numeric: tabular-nums; }
      .chart .quiet { fill: var(--quiet); }
      .chart .title { font-size: 13px; font-weight: 600; }
      .chart .end { text-anchor: end; }
      .chart .middle { text-anchor: middle; }
      .chart .grid { stroke: var(--line); fill: none; }
      .chart .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
      .chart .curve.c0 { stroke: var(--c0); }
      .chart .curve.c1 { stroke: var(--c1); }
      .chart .curve.c2 { stroke: var(--c2); }
      .chart .dot.c0 { fill: var(--c0); }
      .chart .dot.c1 { fill: var(--c1); }
      .chart .dot.c2 { fill: var(--c2); }
      .chart .hover { fill: transparent; }
      .chart .hover:hover { fill: var(--ink); fill-opacity: 0.07; }
      """;

  /** Of pages, beside that of charts. */
  static final String PAGE =
      """
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 16px; max-width: 1200px; background: var(--page);
        color: var(--ink);
        font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
      h1 { font-size: 22px; margin: 4px 0; overflow-wrap: anywhere; }
      h2 { font-size: 16px; margin: 0 0 10px; }
      p { margin: 4px 0 10px; }
      .quiet { color: var(--quiet); }
      section { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
        padding: 14px; margin: 14px 0; }
      .wide { overflow-x: auto; }
      .grid2 { display: grid; gap: 14px;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); }
      .figures { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 10px 0 0; }
      .figures b { display: block; font-size: 20px; font-variant-numeric: tabular-nums; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: 3px 10px; text-align: right; border-bottom: 1px solid var(--line);
        white-space: nowrap; }
      th { color: var(--quiet); font-weight: 500; }
      tbody th, td.text, th.text { text-align: left; }
      tbody th { color: var(--ink); }
      tbody th, .wide thead th { white-space: normal; min-width: 4em; overflow-wrap: break-word; }
      table.facts { width: 100%; }
      table.facts th { width: 1%; vertical-align: top; color: var(--quiet); }
      table.facts td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
      table.matrix td { text-align: center; min-width: 40px; border: 1px solid var(--line); }
      table.matrix .right { background: rgba(var(--good), var(--share)); }
      table.matrix .wrong { background: rgba(var(--bad), var(--share)); }
      .scroll { max-height: 420px; overflow: auto; }
      .scroll thead th { position: sticky; top: 0; background: var(--card); }
      .pictures { display: grid; gap: 12px;
        grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); }
      figure { margin: 0; font-size: 13px; overflow-wrap: anywhere; }
      figure img { display: block; width: 96px; height: 96px; object-fit: contain;
        image-rendering: pixelated; background: var(--page); border-radius: 4px; }
      .sheet { display: block; max-width: 100%; height: auto; border-radius: 4px; }
      .bar { display: flex; height: 18px; border-radius: 4px; overflow: hidden; margin: 0 0 10px; }
      .bar span { background: var(--line); }
      .bar .p0 { background: var(--c0); }
      .bar .p1 { background: var(--c1); }
      .bar .p2 { background: var(--c2); }
      .key { display: inline-block; width: 10px; height: 10px; border-radius: 2px;
        margin-right: 6px; background: var(--line); }
      .key.p0 { background: var(--c0); }
      .key.p1 { background: var(--c1); }
      .key.p2 { background: var(--c2); }
      @media (max-width: 600px) {
        body { padding: 8px; font-size: 14px; }
        section { padding: 10px; margin: 10px 0; }
        th, td { padding: 3px 5px; }
        table.matrix td { min-width: 30px; }
        .chart text { font-size: 13px; }
        .chart .title { font-size: 15px; }
      }
      """;

  private Style() {}
}
