using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Text;

namespace NeuralNet.Serialization;

/// <summary>The parts of a pipeline that its file holds beside the network.</summary>
internal sealed record PipelineParts(
    IFeatureTransform? Inputs,
    PipelineResults Results,
    IReadOnlyList<InputColumn>? Columns,
    IReadOnlyList<InputColumn>? TargetColumns,
    Vocabulary? Vocabulary)
{
    /// <summary>Writes the parts of a pipeline.</summary>
    public static void Write<T>(Pipeline<T> pipeline, SettingsWriter writer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        writer.Flag(PipelineFile.Member, true);
        Describe(new StrategySettings<Pipeline<T>>(pipeline, writer));
    }

    /// <summary>Reads the parts of a pipeline; there are none in the file of a network.</summary>
    public static PipelineParts Read<T>(SettingsReader reader)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!reader.Has(PipelineFile.Member) || !reader.Flag(PipelineFile.Member))
        {
            return new(null, new(), null, null, null);
        }

        try
        {
            return Describe(new StrategySettings<Pipeline<T>>(reader));
        }
        catch (ArgumentException exception)
        {
            throw reader.Reading.Error(MessageText.Reason(exception), MessageText.Cause(exception));
        }
    }

    private static PipelineParts Describe<T>(Settings<Pipeline<T>> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IFeatureTransform? inputs = s.OptionalTransform("inputs", p => p.Inputs);
        IFeatureTransform? outputs = s.OptionalTransform("outputs", p => p.Outputs);
        if (outputs is not (null or IInvertibleTransform))
        {
            throw new ArgumentException("its outputs cannot be turned back into targets");
        }

        IReadOnlyList<string>? labels = s.OptionalTexts("labels", p => p.Labels?.Labels);
        return new(
            inputs,
            ResultParts.Describe(
                s, (IInvertibleTransform?)outputs, labels is null ? null : Encoder("labels", labels)),
            InputColumns(s),
            Predicted(s),
            VocabularyParts.Describe(s));
    }

    // A count of 0 is a number; the categories of all columns stand one after the other.
    private static InputColumn[]? InputColumns<T>(Settings<Pipeline<T>> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<string>? names = s.OptionalTexts("columns", p => p.Columns?.Select(c => c.Name).ToArray());
        if (names is null)
        {
            return null;
        }

        IReadOnlyList<long> counts = s.Integers(
            "categoryCounts", p => [.. p.Columns!.Select(c => (long)(c.Categories?.Labels.Count ?? 0))]);
        IReadOnlyList<string> categories = s.Texts(
            "categories", p => [.. p.Columns!.SelectMany(c => c.Categories?.Labels ?? [])]);
        if (counts.Count != names.Count
            || counts.Any(count => count < 0 || count > categories.Count)
            || counts.Sum() != categories.Count)
        {
            throw new ArgumentException(
                $"its {counts.Count} counts of categories do not fit {names.Count} columns with {categories.Count} "
                + "categories");
        }

        // Absent if all are plain.
        IReadOnlyList<string>? readings = s.OptionalTexts(
            "readings",
            p => p.Columns!.Any(c => c.Reading is not null)
                ? [.. p.Columns!.Select(c => c.Reading ?? "")]
                : null);
        if (readings is not null && readings.Count != names.Count)
        {
            throw new ArgumentException(
                $"its {readings.Count} readings do not fit {names.Count} columns");
        }

        var columns = new InputColumn[names.Count];
        int start = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            int count = (int)counts[i];
            string what = $"categories of '{MessageText.Shortened(names[i])}'";
            columns[i] = new(
                names[i],
                count == 0 ? null : Encoder(what, [.. categories.Skip(start).Take(count)]),
                readings?[i] is { Length: > 0 } reading ? reading : null);
            start += count;
        }

        return columns;
    }

    private static InputColumn[]? Predicted<T>(Settings<Pipeline<T>> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<string>? names = s.OptionalTexts(
            "targetColumns", p => p.TargetColumns?.Select(c => c.Name).ToArray());
        IReadOnlyList<string>? readings = s.OptionalTexts(
            "targetReadings",
            p => p.TargetColumns?.Any(c => c.Reading is not null) == true
                ? [.. p.TargetColumns.Select(c => c.Reading ?? "")]
                : null);
        if (readings is not null && readings.Count != names?.Count)
        {
            throw new ArgumentException(
                $"its {readings.Count} readings do not fit {names?.Count ?? 0} target columns");
        }

        return names is null
            ? null
            :
            [
                .. names.Select((name, i) => new InputColumn(
                    name, reading: readings?[i] is { Length: > 0 } reading ? reading : null)),
            ];
    }

    private static LabelEncoder Encoder(string what, IReadOnlyList<string> labels)
    {
        try
        {
            return new(labels);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"its {what} are no labels: {MessageText.Reason(exception)}", exception);
        }
    }
}
