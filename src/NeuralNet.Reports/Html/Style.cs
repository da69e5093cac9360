namespace NeuralNet.Reports.Html;

/// <summary>The style of a page, for light and dark screens, and for paper.</summary>
internal static class Style
{
    /// <summary>The style sheet. It has none of the characters that XML and HTML treat differently here.</summary>
    public const string Css = """
        :root {
          color-scheme: light dark;
          --ground: #ffffff; --panel: #f5f6f8; --ink: #1b1f24; --soft: #57606a; --rule: #d5dae1;
          --c1: #2166c2; --c2: #b35900; --c3: #12805c; --c4: #a0249b; --c5: #c0262d; --c6: #0b7285; --c7: #6b5b00;
          --c8: #5b4bc4; --right: #1a7f37; --wrong: #c01c28;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14171c; --panel: #1d2128; --ink: #e6e9ee; --soft: #9aa4b1; --rule: #343b45;
            --c1: #6cb0ff; --c2: #ffa657; --c3: #4fd1a1; --c4: #f2a0ee; --c5: #ff8f8a; --c6: #56d4e4; --c7: #e3d26f;
            --c8: #b5a8ff; --right: #3fb950; --wrong: #ff7b72;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 66rem; background: var(--ground); color: var(--ink);
          font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
        }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; break-after: avoid; }
        h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
        p { margin: .25rem 0; overflow-wrap: anywhere; }
        .status { font-weight: 600; }
        .small { font-size: .85rem; }
        progress { width: 100%; max-width: 30rem; accent-color: var(--c1); }
        .soft { color: var(--soft); }
        .tiles {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0;
        }
        .tile { background: var(--panel); border: 1px solid var(--rule); border-radius: .5rem; padding: .6rem .8rem; }
        .tile b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .tile span { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
        .remark { border-left: .25rem solid var(--c2); padding: .25rem .75rem; background: var(--panel); }
        .note { align-self: center; padding: 0 .75rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 29rem), 1fr)); gap: 1rem; }
        figure { margin: 0; break-inside: avoid; }
        .chart { background: var(--panel); border: 1px solid var(--rule); border-radius: .5rem; padding: .75rem; }
        .chart figcaption {
          display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; margin-bottom: .5rem;
        }
        .legend {
          list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem .9rem;
          color: var(--soft); font-size: .9rem;
          overflow-wrap: anywhere;
        }
        .key { width: 28px; height: 10px; margin-right: .35rem; vertical-align: middle; }
        .chart svg { overflow: visible; }
        .chart svg[role] { display: block; width: 100%; height: auto; }
        .grid { stroke: var(--rule); stroke-width: 1; }
        .tick { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
        .line { fill: none; stroke: var(--c); stroke-width: 2.25; stroke-linejoin: round; }
        .dot { fill: var(--c); }
        .c1 { --c: var(--c1); } .c2 { --c: var(--c2); } .c3 { --c: var(--c3); } .c4 { --c: var(--c4); }
        .c5 { --c: var(--c5); } .c6 { --c: var(--c6); } .c7 { --c: var(--c7); } .c8 { --c: var(--c8); }
        .line.c2, .line.c6 { stroke-dasharray: 7 4; }
        .line.c3, .line.c7 { stroke-dasharray: 2 4; stroke-linecap: round; }
        .line.c4, .line.c8 { stroke-dasharray: 9 3 2 3; }
        .point { fill: var(--c); fill-opacity: .55; } .bar { fill: var(--c); }
        .scroll { overflow-x: auto; }
        .scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--c1); outline-offset: 2px; }
        details { margin: 1rem 0; } summary { cursor: pointer; padding: .25rem 0; }
        pre { font-size: .85rem; line-height: 1.4; margin: 0; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        td { white-space: nowrap; }
        th, td { padding: .3rem .65rem; text-align: right; border-bottom: 1px solid var(--rule); }
        tbody th { font-weight: 500; color: var(--soft); }
        tbody th, thead th:first-child { text-align: left; }
        .scroll th { max-width: 16rem; overflow-wrap: break-word; }
        td.text {
          text-align: left; white-space: normal; min-width: 11rem; max-width: 22rem; overflow-wrap: break-word;
        }
        thead th { color: var(--soft); font-weight: 600; font-size: .9rem; vertical-align: bottom; }
        tr { break-inside: avoid; }
        .confusion td { min-width: 3.1rem; text-align: center; }
        .confusion th { text-align: center; }
        .confusion .hit {
          background: color-mix(in srgb, var(--right) calc(var(--share) * 55%), transparent); font-weight: 600;
        }
        .confusion .miss { background: color-mix(in srgb, var(--wrong) calc(var(--share) * 65%), transparent); }
        .confusion .none { color: var(--soft); }
        .confusion .rate { color: var(--soft); }
        .settings th, .settings td {
          text-align: left; vertical-align: top; white-space: normal; overflow-wrap: anywhere;
        }
        .settings th { color: var(--soft); font-weight: 500; white-space: nowrap; }
        .mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr)); gap: 1rem .75rem; }
        .mistakes img { display: block; width: 100%; height: auto; border-radius: .3rem; }
        .mistakes .pixels { image-rendering: pixelated; }
        .mistakes .sample {
          margin: 0; padding: .5rem; max-height: 9rem; overflow: hidden; font-size: .85rem; white-space: pre-wrap;
          background: var(--panel); border: 1px solid var(--rule); border-radius: .3rem;
        }
        .mistakes figcaption { font-size: .85rem; line-height: 1.35; margin-top: .3rem; overflow-wrap: anywhere; }
        .mistakes .is { color: var(--right); font-weight: 600; }
        .mistakes .not { color: var(--wrong); font-weight: 600; }
        .runs tbody th { min-width: 8rem; }
        .best td, .best th { font-weight: 700; }
        @media (max-width: 40rem) { body { padding: 1rem .75rem 2rem; } .tick { font-size: 15px; } }
        @media print {
          :root {
            color-scheme: light;
            --ground: #ffffff; --panel: #ffffff; --ink: #000000; --soft: #444444; --rule: #bbbbbb;
            --c1: #1a56a8; --c2: #9a4b00; --c3: #0b6b4b; --c4: #8a1f86; --c5: #a51d24; --c6: #08606f; --c7: #5c4e00;
            --c8: #4d3fb0; --right: #1a7f37; --wrong: #c01c28;
          }
          @page { margin: 14mm; }
          html { font-size: 12px; }
          body { padding: 0 1px; max-width: none; font-size: 9pt; }
          .scroll { overflow: visible; }
          .scroll table { width: 100%; font-size: 8pt; }
          .tiles { grid-template-columns: repeat(6, 1fr); }
          .tile b { font-size: 1.15rem; }
          .charts { grid-template-columns: 1fr 1fr; }
          .mistakes { grid-template-columns: repeat(8, 1fr); }
          .confusion { break-inside: avoid; }
          .confusion td { min-width: 0; }
          th, td { padding: .2rem .3rem; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """;
}
