using System.Buffers;
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
public sealed class Pipeline<T> : Model<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>The number of samples that are predicted together.</summary>
    private const int BatchSize = 256;

    // Made by the first prediction; two at the same time make the same.
    private PredictionPlan? _plan;

    internal Pipeline(
        Network<T> network,
        IFeatureTransform? inputs,
        IInvertibleTransform? outputs,
        LabelEncoder? labels,
        double? threshold,
        InputColumn[]? columns,
        Vocabulary? vocabulary = null)
    {
        Network = network;
        Inputs = inputs;
        Outputs = outputs;
        Labels = labels;
        GivenThreshold = threshold;
        Columns = columns;
        Vocabulary = vocabulary;
        InputShape = inputs is null ? network.InputShape : inputs.InputSize;
        OutputShape = outputs is null ? network.OutputShape : outputs.InputSize;
        Scale = Scales.Of(network.DecidingLayer.OutputKind) ?? OutputScale.Logit;
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>The transform of the features, applied before the network; null for none.</summary>
    public IFeatureTransform? Inputs { get; }

    /// <summary>
    /// The transform that the targets of a regression went through, which is inverted for the results; null for none.
    /// </summary>
    public IInvertibleTransform? Outputs { get; }

    /// <summary>The names of the classes, one per output, or two for a single output; null if there are none.</summary>
    public LabelEncoder? Labels { get; }

    /// <summary>
    /// The number that a single output must exceed for the second class of <see cref="Labels"/>. Unless the pipeline
    /// was given one, it is ½ where the last activation gives probabilities, log ½ where it gives their logarithms, and
    /// 0 for other outputs, which are taken for logits.
    /// </summary>
    public double Threshold => GivenThreshold ?? Scale.Threshold();

    /// <summary>
    /// The names, and for categories the values, of the raw features in their order; null if unknown.
    /// </summary>
    public IReadOnlyList<InputColumn>? Columns { get; }

    /// <summary>The symbols of texts, whose numbers the network takes; null if it takes no text.</summary>
    public Vocabulary? Vocabulary { get; }

    /// <summary>Shape of a sample of raw features.</summary>
    public override FeatureShape InputShape { get; }

    /// <summary>The number of results of a sample.</summary>
    public override FeatureShape OutputShape { get; }

    /// <summary>What goes in, what is done to it and what comes out, as readable text.</summary>
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
    internal double? GivenThreshold { get; }

    /// <summary>The scale of the network's outputs; real numbers, and what is not known, are logits.</summary>
    internal OutputScale Scale { get; }

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
}
