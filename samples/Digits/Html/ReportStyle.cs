namespace NeuralNet.Samples.Digits.Html;

/// <summary>The style of the report, for light and dark screens, and for paper.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet. It has none of the characters that XML and HTML treat differently here.</summary>
    public const string Css = """
        :root {
          color-scheme: light dark;
          --ground: #ffffff; --panel: #f5f6f8; --ink: #1b1f24; --soft: #57606a; --rule: #d5dae1;
          --train: #2166c2; --validation: #b35900; --test: #12805c; --right: #2da44e; --wrong: #d1242f;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14171c; --panel: #1d2128; --ink: #e6e9ee; --soft: #9aa4b1; --rule: #343b45;
            --train: #6cb0ff; --validation: #ffa657; --test: #4fd1a1; --right: #3fb950; --wrong: #f85149;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 66rem; background: var(--ground); color: var(--ink);
          font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
        }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; break-after: avoid; }
        p { margin: .25rem 0; }
        .soft { color: var(--soft); }
        .tiles {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0;
        }
        .tile { background: var(--panel); border: 1px solid var(--rule); border-radius: .5rem; padding: .6rem .8rem; }
        .tile b { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .tile span { color: var(--soft); font-size: .85rem; }
        .remark { border-left: .25rem solid var(--validation); padding: .25rem .75rem; background: var(--panel); }
        .note { align-self: center; padding: 0 .75rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 29rem), 1fr)); gap: 1rem; }
        figure { margin: 0; break-inside: avoid; }
        .chart { background: var(--panel); border: 1px solid var(--rule); border-radius: .5rem; padding: .75rem; }
        .chart figcaption {
          display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; margin-bottom: .5rem;
        }
        .legend { display: flex; flex-wrap: wrap; gap: .25rem .9rem; color: var(--soft); font-size: .9rem; }
        .key { width: 28px; height: 10px; margin-right: .35rem; vertical-align: middle; }
        .chart svg { overflow: visible; }
        .chart svg[role] { display: block; width: 100%; height: auto; }
        .grid { stroke: var(--rule); stroke-width: 1; }
        .tick { fill: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
        .line { fill: none; stroke: var(--c); stroke-width: 2.25; stroke-linejoin: round; }
        .dot { fill: var(--c); }
        .train { --c: var(--train); } .validation { --c: var(--validation); } .test { --c: var(--test); }
        .line.validation { stroke-dasharray: 7 4; } .line.test { stroke-dasharray: 2 4; stroke-linecap: round; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        caption { caption-side: bottom; color: var(--soft); font-size: .85rem; text-align: left; padding-top: .4rem; }
        td { white-space: nowrap; }
        th, td { padding: .3rem .65rem; text-align: right; border-bottom: 1px solid var(--rule); }
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
        .confusion th.corner { text-align: left; }
        .settings th, .settings td {
          text-align: left; vertical-align: top; white-space: normal; overflow-wrap: anywhere;
        }
        .settings th { color: var(--soft); font-weight: 500; white-space: nowrap; }
        .mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: 1rem .75rem; }
        .mistakes img {
          display: block; width: 100%; height: auto; image-rendering: pixelated; border-radius: .3rem;
          background: #000000;
        }
        .mistakes figcaption { font-size: .85rem; line-height: 1.35; margin-top: .3rem; }
        .mistakes .is { color: var(--right); font-weight: 600; }
        .mistakes .not { color: var(--wrong); font-weight: 600; }
        .best td { font-weight: 700; }
        @media print {
          :root {
            color-scheme: light;
            --ground: #ffffff; --panel: #ffffff; --ink: #000000; --soft: #444444; --rule: #bbbbbb;
            --train: #1a56a8; --validation: #9a4b00; --test: #0b6b4b; --right: #1f8f3f; --wrong: #c01c28;
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
