using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Reports;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits;

/// <summary>The report of a training as a page, with what this application knows beside the run.</summary>
internal static class ReportPage
{
    /// <summary>Makes it; null if none is wanted.</summary>
    public static HtmlReport<float>? Of(
        TrainOptions options, Network<float> network, MnistData data, TimeProvider clock)
    {
        if (options.Report is null)
        {
            return null;
        }

        var shape = new FeatureShape(data.Rows, data.Columns, 1);
        return new(options.Report, new()
        {
            Title = $"Handwritten digits: {data.Name}",
            Data = data.Test,
            DataName = "test",
            Meaning = OutputMeaning.Classes,
            Picture = (_, pixels) => SamplePicture.FromPixels(pixels, shape),
            Settings = [.. Settings(options, network, data)],
            Clock = clock,
        });
    }

    private static IEnumerable<KeyValuePair<string, string>> Settings(
        TrainOptions options, Network<float> network, MnistData data)
    {
        (string Name, string? Value)[] rows =
        [
            ("data", Headline.OfData(data)),
            ("network", Headline.OfNetwork(network, options)),
            ("hidden activation", options.Activation),
            ("output activation", options.OutputActivation),
            ("initial parameters", options.Initialization),
            ("dropout", options.Dropout is { } rate ? Invariant($"{rate}") : null),
            ("training images", options.Augment ? "shifted, turned and scaled" : null),
            ("learning rate", Invariant($"{options.LearningRate}")),
            ("early stopping", options.EarlyStopping is { } patience ? Invariant($"after {patience} epochs") : null),
        ];
        return rows.Where(row => row.Value is not null).Select(row => KeyValuePair.Create(row.Name, row.Value!));
    }
}
