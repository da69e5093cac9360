using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.GradientChecks;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Tests.Activations;
using NeuralNet.Tests.Losses;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>
/// Holds every gradient of the library against central differences in double, to a relative error of 1e-7: every kind
/// of layer with every activation and under every loss, every activation under every loss, and as the last one under
/// every loss that understands it.
/// </summary>
/// <remarks>
/// Of the triples of layer, activation and loss, a third is proven, such that every pair is among them, and of a
/// parameter at most 40 elements; all are with <c>NEURALNET_ALL_PROOFS=1</c>, which takes five times as long.
/// </remarks>
internal static class GradientProof
{
    private const int Samples = 4;
    private const int Outputs = 3;

    private static readonly bool _all = Environment.GetEnvironmentVariable("NEURALNET_ALL_PROOFS") == "1";
    private static readonly int _share = _all ? 1 : 3;
    private static readonly GradientCheckOptions _options = new() { MaxElementsPerParameter = _all ? null : 40 };

    private static readonly List<string> _layers = [.. ProvenLayers.All.Keys];

    /// <summary>The losses, by name.</summary>
    public static List<string> Losses { get; } = [.. LossCatalogue.OfOneOutput(Outputs).Select(loss => loss.Name)];

    /// <summary>Layers with every loss.</summary>
    public static TheoryData<string, string> WithEveryLoss(IEnumerable<string> layers)
    {
        var pairs = new TheoryData<string, string>();
        foreach (string layer in layers)
        {
            foreach (string loss in Losses)
            {
                pairs.Add(layer, loss);
            }
        }

        return pairs;
    }

    /// <summary>Proves layers with every activation under a loss.</summary>
    public static void OfLayers(string layer, string loss)
    {
        LossCase of = LossCatalogue.Get(loss, Outputs);
        IActivation last = LastActivations(of)[0];
        int offset = _layers.IndexOf(layer) + Losses.IndexOf(loss);
        int kinks = 0;
        int compared = 0;
        foreach ((int index, IActivation activation) in Catalogue.Activations.Index())
        {
            if ((index + offset) % _share != 0)
            {
                continue;
            }

            Network<double> network = ProvenLayers.All[layer](Network.Create<double>(3, seed: index + 1), activation)
                .Dense(of.Outputs, last).Build();
            GradientCheckReport report = Check(network, of, seed: index + 2);
            kinks += report.Kinks;
            compared += report.Checked;
        }

        kinks.Should().BeLessThan(compared / 20, "kinks are rare, or nothing is proven");
    }

    /// <summary>Proves every activation that a loss understands as the last one.</summary>
    public static void OfLastActivations(string loss)
    {
        LossCase of = LossCatalogue.Get(loss, Outputs);
        int seed = 1;
        foreach (IActivation last in LastActivations(of))
        {
            Check(Network.Create<double>(3, seed++).Dense(4, new Tanh()).Dense(of.Outputs, last).Build(), of, seed);
        }
    }

    private static GradientCheckReport Check(Network<double> network, LossCase loss, int seed)
    {
        Matrix<double> inputs = TestData.Uniform<double>(3, Samples, seed);
        GradientCheckReport report =
            GradientCheck.Run(network, loss.Loss, inputs, loss.Draw(Samples, seed).Targets, options: _options);
        report.Comparisons
            .Should().OnlyContain(c => c.WorstRelativeError <= 1e-7, $"of {loss.Name} and {network}\n{report}");
        return report;
    }

    /// <summary>
    /// The activations whose outputs the loss takes; of rates, which must be above zero, those that give such.
    /// </summary>
    private static IReadOnlyList<IActivation> LastActivations(LossCase loss) => loss.Loss switch
    {
        Poisson { LogInput: false } => [new Softplus(), new Sigmoid(), new Softmax()],
        MeanSquaredLogarithmicError or GaussianNegativeLogLikelihood { LogVariance: false } =>
            [new Softplus(), new Sigmoid()],
        { Input: LossInput.LogProbabilities } => [new LogSoftmax(), new LogSigmoid()],

        // A hard sigmoid gives 0 and 1, where the logarithm is cut off.
        { Input: LossInput.Probabilities } => [new Sigmoid(), new Softmax()],
        { Input: LossInput.Logits } =>
            [.. Catalogue.Activations.Where(activation => activation.OutputKind == OutputKind.Real)],
        _ => Catalogue.Activations,
    };
}
