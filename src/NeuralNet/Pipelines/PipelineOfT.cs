using System.Buffers;
using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Conformal;
using NeuralNet.Decisions;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Preprocessing;
using NeuralNet.Text;

namespace NeuralNet.Pipelines;

/// <summary>
/// A network together with the preprocessing that was fitted on its training data. It takes raw features and gives
/// results in the unit of the data, or the name of a class: see <see cref="ClassPrediction"/>.
/// </summary>
/// <remarks>
/// <see cref="Pipeline.Create"/> makes one. It is immutable but for the network's parameters. The network is trained on
/// features that went through <see cref="Inputs"/> and, of a regression, on targets that went through
/// <see cref="Outputs"/>, such as <c>DataSet.TransformInputs</c> and <c>DataSet.TransformTargets</c> give.
/// </remarks>
/// <example><code>
/// Standardization scaling = Standardization.Fit(training.Inputs);
/// // … train the network on training.TransformInputs(scaling) …
/// Pipeline&lt;float&gt; pipeline = Pipeline.Create(network, inputs: scaling);
/// pipeline.Save("model.safetensors");
/// Vector&lt;float&gt; scores = pipeline.Predict(rawFeatures);
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class Pipeline<T> : Model<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>The number of samples that are predicted together.</summary>
    private const int BatchSize = 256;

    // Made by the first prediction; two at the same time make the same.
    private PredictionPlan? _plan;

    internal Pipeline(
        Network<T> network,
        IFeatureTransform? inputs,
        IReadOnlyList<InputColumn>? columns,
        Vocabulary? vocabulary,
        IReadOnlyList<InputColumn>? targetColumns,
        PipelineResults results)
    {
        Network = network;
        Inputs = inputs;
        Columns = columns;
        Vocabulary = vocabulary;
        TargetColumns = targetColumns;
        Results = results;
        InputShape = inputs is null ? network.InputShape : inputs.InputSize;
        OutputShape = results.Outputs is null ? network.OutputShape : results.Outputs.InputSize;
        OutputKind? kind = network.Outputs.Count == 1 ? network.DecidingLayer.OutputKind : null;
        RawScale = Scales.Of(kind) ?? OutputScale.Logit;
        AreClasses = OutputSize > 1 && !results.AreLabels
            && (results.Labels is not null || kind is OutputKind.Distribution or OutputKind.LogDistribution);
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>The transform of the features, applied before the network; null for none.</summary>
    public IFeatureTransform? Inputs { get; }

    /// <summary>
    /// The transform that the targets of a regression went through, which is inverted for the results; null for none.
    /// </summary>
    public IInvertibleTransform? Outputs => Results.Outputs;

    /// <summary>The names of the classes, one per output, or two for a single output; null if there are none.</summary>
    public LabelEncoder? Labels => Results.Labels;

    /// <summary>
    /// Whether several outputs with labels are classes, of which a sample has one, or labels, of which it may have any
    /// number.
    /// </summary>
    public OutputMeaning Meaning => Results.AreLabels ? OutputMeaning.Labels : OutputMeaning.Classes;

    /// <summary>
    /// The map that makes the outputs probabilities that mean what they say, so that <c>Predict</c> gives these; null
    /// for none.
    /// </summary>
    public ICalibration? Calibration => Results.Calibration;

    /// <summary>
    /// The number that a single output must exceed for the second class of <see cref="Labels"/>. Unless the pipeline
    /// was given one, it is ½ where the last activation gives probabilities, log ½ where it gives their logarithms, and
    /// 0 for other outputs, which are taken for logits.
    /// </summary>
    public double Threshold => GivenThreshold ?? Scale.Threshold();

    /// <summary>
    /// The number that each of several outputs must exceed to mean yes, where they are labels; null if that is
    /// <see cref="Threshold"/> for all.
    /// </summary>
    public IReadOnlyList<double>? LabelThresholds => OutputSize > 1 ? Results.Thresholds : null;

    /// <summary>
    /// What it costs to take one of several classes for another, by which they are decided for; if null, the most
    /// probable is.
    /// </summary>
    public ClassCosts? Costs => Results.Costs;

    /// <summary>The sets of labels that hold the right one as often as was asked for; null for none.</summary>
    public ConformalLabelSets? LabelSets => Results.LabelSets;

    /// <summary>The intervals that hold the target as often as was asked for; null for none.</summary>
    public ConformalIntervals? Intervals => Results.Intervals;

    /// <summary>
    /// The names, and for categories the values, of the raw features in their order; null if unknown.
    /// </summary>
    public IReadOnlyList<InputColumn>? Columns { get; }

    /// <summary>
    /// The columns that are predicted, with how they are read, in the terms of the reader of tables; null if unknown.
    /// </summary>
    public IReadOnlyList<InputColumn>? TargetColumns { get; }

    /// <summary>The symbols of texts, whose numbers the network takes; null if it takes no text.</summary>
    public Vocabulary? Vocabulary { get; }

    /// <summary>Shape of a sample of raw features.</summary>
    public override FeatureShape InputShape { get; }

    /// <summary>The number of results of a sample.</summary>
    public override FeatureShape OutputShape { get; }

    /// <summary>The inputs, the steps and the results, as readable text.</summary>
    /// <returns>A line per step.</returns>
    public override string ToString()
    {
        List<string> lines = [$"raw input: {InputShape}"];
        if (Inputs is not null)
        {
            lines.Add($"inputs: {Inputs}");
        }

        lines.Add($"network: {Network.InputShape} → {Network.OutputShape}, {Network.ParameterCount} parameters");
        if (Outputs is not null)
        {
            lines.Add($"outputs, turned back: {Outputs}");
        }

        if (Labels is not null)
        {
            lines.Add($"labels: {Labels}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>The threshold the pipeline was given; null if it follows from the network.</summary>
    internal double? GivenThreshold => OutputSize == 1 ? Results.Thresholds?[0] : null;

    /// <summary>The scale of the results; real numbers, and what is not known, are logits.</summary>
    internal OutputScale Scale => Calibration is null ? RawScale : OutputScale.Probability;

    /// <summary>The scale of the network's outputs, before a calibration.</summary>
    internal OutputScale RawScale { get; }

    /// <summary>Whether the results are several classes that exclude each other.</summary>
    internal bool AreClasses { get; }

    /// <summary>The steps from the network's outputs to the results.</summary>
    internal PipelineResults Results { get; }

    internal override PredictionPlan Plan =>
        _plan ??= new(
            BatchSize,
            Network.Plan.ProductsPerSample
            + ((long)ForkJoin.ProductsPerElement * ((long)InputSize + Network.InputSize + OutputSize)));

    private protected override string Noun => "pipeline";

    internal override void PredictBlock(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs, ForkJoin team)
    {
        int transformedLength = Inputs is null ? 0 : Network.InputSize * inputs.Columns;
        int resultLength = Outputs is null ? 0 : Network.OutputSize * inputs.Columns;
        T[] scratch = ArrayPool<T>.Shared.Rent(transformedLength + resultLength);
        try
        {
            ReadOnlyMatrixSpan<T> features = inputs;
            if (Inputs is not null)
            {
                var transformed = new MatrixSpan<T>(
                    scratch.AsSpan(0, transformedLength), Network.InputSize, inputs.Columns);
                Inputs.Transform(inputs, transformed);
                features = transformed;
            }

            if (Outputs is null)
            {
                Network.PredictSamples(features, outputs, team);
                Calibrate(outputs);
                return;
            }

            var results = new MatrixSpan<T>(
                scratch.AsSpan(transformedLength, resultLength), Network.OutputSize, inputs.Columns);
            Network.PredictSamples(features, results, team);
            Outputs.Invert(results, outputs);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(scratch);
        }
    }

    private void Calibrate(MatrixSpan<T> outputs)
    {
        if (Calibration is null)
        {
            return;
        }

        double[] rented = ArrayPool<double>.Shared.Rent(outputs.Rows);
        Span<double> scores = rented.AsSpan(0, outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            Span<T> ofSample = outputs.Column(j);
            LogOdds.Read<T>(ofSample, RawScale, AreClasses, scores);
            Calibration.Apply(scores);
            for (int i = 0; i < scores.Length; i++)
            {
                ofSample[i] = T.CreateTruncating(scores[i]);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
