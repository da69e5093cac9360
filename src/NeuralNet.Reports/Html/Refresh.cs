using System.Globalization;
using System.Xml.Linq;

namespace NeuralNet.Reports.Html;

/// <summary>
/// Loads a page again and again while its run goes on, at the place that is read and with what was opened, until its
/// reader wants no more.
/// </summary>
internal static class Refresh
{
    // Without the characters that XML and HTML treat differently here.
    private const string Script = """
        (function () {
          var box = document.getElementById("refresh"), key = "neuralnet-report " + location.pathname, state = {};
          try { state = JSON.parse(sessionStorage.getItem(key)) || {}; } catch (e) { }
          document.querySelectorAll("details").forEach(function (part, i) {
            if (state.open) { part.open = state.open.indexOf(i) !== -1; }
          });
          if (state.y) { scrollTo(0, state.y); }
          if (state.off) { box.checked = false; }
          function keep() {
            var open = [];
            document.querySelectorAll("details").forEach(function (part, i) { if (part.open) { open.push(i); } });
            var now = { y: scrollY, open: open, off: !box.checked };
            try { sessionStorage.setItem(key, JSON.stringify(now)); } catch (e) { }
          }
          addEventListener("pagehide", keep);
          setInterval(function () { if (box.checked) { keep(); location.reload(); } }, INTERVAL);
        })();
        """;

    /// <summary>The switch, with which a reader stops it.</summary>
    public static XElement Switch(TimeSpan interval) => Tag.Of(
        "label",
        Tag.Class("soft small"),
        Tag.Of(
            "input",
            Tag.Attribute("type", "checkbox"), Tag.Attribute("id", "refresh"), Tag.Attribute("checked", "checked")),
        $" load again every {FigureText.Short(interval.TotalSeconds)} s");

    /// <summary>The script, for the end of the page.</summary>
    public static XElement Code(TimeSpan interval) => Tag.Of(
        "script",
        Script.Replace(
            "INTERVAL",
            interval.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture),
            StringComparison.Ordinal));
}
