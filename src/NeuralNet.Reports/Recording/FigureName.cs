namespace NeuralNet.Reports.Recording;

/// <summary>The name of a figure over the epochs.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Metric">The name of the metric; empty if it is none.</param>
/// <param name="Line">The data it was measured on, such as <c>training</c>, or the layer.</param>
internal readonly record struct FigureName(FigureKind Kind, string Metric, string Line)
{
    /// <summary>The data that a run is trained on.</summary>
    public const string Training = "training";

    /// <summary>The data that a run is validated on.</summary>
    public const string Validation = "validation";

    /// <summary>What is measured, for people.</summary>
    public string Title => Kind switch
    {
        FigureKind.Loss => "loss",
        FigureKind.Metric => Metric,
        FigureKind.LearningRate => "learning rate",
        FigureKind.Seconds => "seconds of training",
        FigureKind.Samples => "samples",
        FigureKind.GradientNorm => "gradient norm",
        FigureKind.WeightNorm => "weight norm",
        _ => "dead units",
    };

    /// <summary>Whether it is a share of right answers, which people read in percent.</summary>
    public bool IsShare => Kind == FigureKind.DeadUnits
        || (Kind == FigureKind.Metric
            && (Metric.Contains("accuracy", StringComparison.Ordinal) || Metric == "exact_match"));

    /// <summary>Whether it is about a layer.</summary>
    public bool IsOfLayer => Kind is FigureKind.GradientNorm or FigureKind.WeightNorm or FigureKind.DeadUnits;
}
