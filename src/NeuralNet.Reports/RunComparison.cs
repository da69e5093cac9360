using System.Text;
using NeuralNet.Files;
using NeuralNet.Guards;
using NeuralNet.Reports.Html;
using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports;

/// <summary>
/// Several training runs on one page: their curves laid over each other, the settings in which they differ, and what
/// each of them reached. It is made of the pages that <see cref="HtmlReport{T}"/> wrote, which hold their figures.
/// </summary>
/// <example><code>
/// RunComparison.ReadFolder("runs").Save("runs.html");
/// </code></example>
public sealed class RunComparison
{
    private readonly List<ComparedRun> _runs;

    private RunComparison(List<ComparedRun> runs) => _runs = runs;

    /// <summary>The names of the runs: those of their files, with as much of the folder as tells them apart.</summary>
    public IReadOnlyList<string> Names => [.. _runs.Select(run => run.Name)];

    /// <summary>Reads the figures of some runs.</summary>
    /// <param name="pages">The files of their pages, at least one.</param>
    /// <returns>The comparison, with the runs in that order.</returns>
    /// <exception cref="ArgumentException">There are no files.</exception>
    /// <exception cref="InvalidDataException">A file is no report of a run; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RunComparison Read(params IReadOnlyList<string> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        if (pages.Count == 0)
        {
            throw new ArgumentException(
                "There is no run to compare: name the pages that HtmlReport wrote.", nameof(pages));
        }

        string[] names = RunNames.Of(pages);
        return new([.. pages.Select((page, i) => ComparedRun.Of(names[i], RunFile.Read(page)))]);
    }

    /// <summary>
    /// Reads the figures of all runs whose pages are in a folder, by name; other pages are passed over.
    /// </summary>
    /// <param name="folder">The folder; the pages of those within it belong to it, too.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="InvalidDataException">There is no report of a run.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static RunComparison ReadFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string[] pages =
        [
            .. Directory.EnumerateFiles(folder, "*.html", SearchOption.AllDirectories)
                .Where(page => RunFile.TryRead(page) is not null).Order(StringComparer.Ordinal),
        ];
        return pages.Length > 0
            ? Read(pages)
            : throw new InvalidDataException(
                $"There is no report of a training run in '{MessageText.File(folder)}': HtmlReport writes them.");
    }

    /// <summary>The page.</summary>
    /// <returns>A whole HTML document, which needs nothing else.</returns>
    public string ToHtml() => ComparisonPage.Write(_runs);

    /// <summary>Writes the page to a file, as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] page = Encoding.UTF8.GetBytes(ToHtml());
        AtomicFile.Write(path, stream => stream.Write(page));
    }
}
