using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Recurrence;
using NeuralNet.Tests.Parity;
using NeuralNet.Training;

namespace NeuralNet.Tests.Recurrence;

/// <summary>
/// Recurrent layers give the values, the gradients and the training of PyTorch's: in both directions, one behind the
/// other, from given states, on sequences of different lengths.
/// </summary>
public sealed class RecurrentParityTests
{
    private static readonly Cases _cases = ReferenceFile.Read<Cases>("recurrent");

    public static TheoryData<string> Gradients { get; } = new(_cases.Gradients.Select(one => one.Name));

    public static TheoryData<string> Lengths { get; } = new(_cases.Lengths.Select(one => one.Name));

    public static TheoryData<string> Trajectories { get; } = new(_cases.Trajectories.Select(one => one.Name));

    [Theory]
    [MemberData(nameof(Gradients))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        RecurrentCase of = _cases.Gradients.Single(one => one.Name == name);
        bool isFinal = of.LossOf == "final";
        Network<double> network = Add(Create(of), of, returnSteps: !isFinal).Build();
        SetParameters(network, of.Parameters);
        SetStates(network, of.InitialHidden, layer => layer.InitialHidden);
        SetStates(network, of.InitialCell, layer => layer.InitialCell);

        var engine = new BackpropagationEngine<double>(network);
        double[] outputs = engine.Forward(Inputs(of)).Values.ToArray();
        (double loss, double[] outputGradient) = MeanSquare(outputs, of);
        Gradients<double> gradients = NeuralNet.Backpropagation.Gradients.For(network);
        double[] inputGradient = new double[of.Inputs.Length];
        engine.Backward(
            new(outputGradient, network.OutputSize, of.Batch),
            gradients,
            new(inputGradient, network.InputSize, of.Batch));

        Assert([loss], [of.Loss], "loss");
        if (!isFinal)
        {
            Assert(outputs, of.Outputs, "outputs");
            Assert(network.Predict(of.Inputs), of.Outputs, "predictions");
        }

        Assert(inputGradient, of.InputGradients, "inputs");
        AssertGradients(network, gradients, of.ParameterGradients);
        AssertStates(network, gradients, of.InitialHiddenGradients, layer => layer.InitialHidden!);
        AssertStates(network, gradients, of.InitialCellGradients, layer => layer.InitialCell!);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sequences_of_different_lengths_are_those_that_PyTorch_packs(string name)
    {
        RecurrentCase of = _cases.Lengths.Single(one => one.Name == name);
        int size = of.Steps * of.Features;
        Network<double> network = Network.Create<double>(size + 1, seed: 1)
            .PaddedSequences(new FeatureShape(of.Steps, of.Features), steps => Add(steps, of, returnSteps: true))
            .Build();
        SetParameters(network, of.Parameters);
        double[] padded = new double[of.Inputs.Length + of.Batch];
        for (int n = 0; n < of.Batch; n++)
        {
            of.Inputs.AsSpan(n * size, size).CopyTo(padded.AsSpan(n * (size + 1)));
            padded[(n * (size + 1)) + size] = of.Lengths![n];
        }

        var engine = new BackpropagationEngine<double>(network);
        double[] outputs = engine.Forward(new(padded, size + 1, of.Batch)).Values.ToArray();
        double[] outputGradient = new double[outputs.Length];
        double loss = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            loss += of.Weights![i] * outputs[i] * outputs[i] / outputs.Length;
            outputGradient[i] = 2 * of.Weights[i] * outputs[i] / outputs.Length;
        }

        Gradients<double> gradients = NeuralNet.Backpropagation.Gradients.For(network);
        double[] inputGradient = new double[padded.Length];
        engine.Backward(
            new(outputGradient, network.OutputSize, of.Batch), gradients, new(inputGradient, size + 1, of.Batch));

        Assert([loss], [of.Loss], "loss");
        Assert(outputs, of.Outputs, "outputs");
        Assert(network.Predict(padded), of.Outputs, "predictions");
        AssertGradients(network, gradients, of.ParameterGradients);
        for (int n = 0; n < of.Batch; n++)
        {
            Assert(
                inputGradient.AsSpan(n * (size + 1), size).ToArray(),
                of.InputGradients.AsSpan(n * size, size).ToArray(),
                "inputs");
        }
    }

    [Theory]
    [MemberData(nameof(Trajectories))]
    public void A_hundred_steps_of_training_are_those_of_PyTorch(string name)
    {
        RecurrentCase of = _cases.Trajectories.Single(one => one.Name == name);
        bool isLast = of.Readout == "last";
        int width = of.Hidden * (of.Bidirectional ? 2 : 1);
        NetworkBuilder<double> builder = Add(Create(of), of, returnSteps: isLast);
        Network<double> network = (isLast ? builder.Slice(width * (of.Steps - 1), width) : builder).Dense(2).Build();
        SetParameters(network, of.Initial, "recurrent.");
        SetReadout(network, of.Initial);
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Adam(0.01));
        for (int step = 0; step < of.Losses.Length; step++)
        {
            int first = 6 * (step % 5);
            double loss = trainer.Step(
                new ReadOnlyMatrixSpan<double>(
                    of.Inputs.AsSpan(first * network.InputSize, 6 * network.InputSize), network.InputSize, 6),
                new ReadOnlyMatrixSpan<double>(of.Targets.AsSpan(first * 2, 12), 2, 6));
            Assert([loss], [of.Losses[step]], $"step {step}");
        }

        foreach ((string parameter, double[] values) in of.Final)
        {
            Parameter<double> own = parameter.StartsWith("linear.", StringComparison.Ordinal)
                ? network.Parameter(parameter == "linear.weight" ? "dense1.weights" : "dense1.biases")
                : Find(network, parameter["recurrent.".Length..]);
            Assert(own.Values.ToArray(), values, parameter);
        }

        Assert(network.Predict(of.Inputs), of.Outputs, "outputs");
    }

    private static NetworkBuilder<double> Create(RecurrentCase of) =>
        Network.Create<double>(new FeatureShape(of.Steps, of.Features), seed: 1);

    private static NetworkBuilder<double> Add(NetworkBuilder<double> builder, RecurrentCase of, bool returnSteps)
    {
        RecurrentOptions options = new() { LearnsInitialState = of.InitialHidden is not null };
        for (int l = 0; l < of.Layers; l++)
        {
            bool steps = returnSteps || l < of.Layers - 1;
            _ = of.Kind switch
            {
                "LSTM" => builder.Lstm(of.Hidden, steps, of.Bidirectional, options),
                "GRU" => builder.Gru(of.Hidden, steps, of.Bidirectional, resetAfter: true, options),
                "GRU reset before" => builder.Gru(of.Hidden, steps, of.Bidirectional, resetAfter: false, options),
                "RNN tanh" => builder.SimpleRecurrent(of.Hidden, new Tanh(), steps, of.Bidirectional, options),
                _ => builder.SimpleRecurrent(of.Hidden, new ReLU(), steps, of.Bidirectional, options),
            };
        }

        return builder;
    }

    private static ReadOnlyMatrixSpan<double> Inputs(RecurrentCase of) =>
        new(of.Inputs, of.Steps * of.Features, of.Batch);

    // The mean of the squares of all differences; where it is of the last step alone, targets are of that.
    private static (double Loss, double[] Gradient) MeanSquare(double[] outputs, RecurrentCase of)
    {
        double[] gradient = new double[outputs.Length];
        int rows = outputs.Length / of.Batch;
        int width = of.Targets!.Length / of.Batch;
        double loss = 0;
        for (int i = 0; i < of.Targets.Length; i++)
        {
            int place = (i / width * rows) + (rows - width) + (i % width);
            double difference = outputs[place] - of.Targets[i];
            loss += difference * difference / of.Targets.Length;
            gradient[place] = 2 * difference / of.Targets.Length;
        }

        return (loss, gradient);
    }

    private static List<RecurrentLayer<double>> Recurrent(Network<double> network) =>
        [.. network.Body.SelfAndDescendants().OfType<RecurrentLayer<double>>()];

    // weight_ih_l1_reverse and the like: the layers of both directions follow each other.
    private static Parameter<double> Find(Network<double> network, string name)
    {
        List<RecurrentLayer<double>> layers = Recurrent(network);
        int directions = layers.Exists(one => one.IsReversed) ? 2 : 1;
        bool isReversed = name.EndsWith("_reverse", StringComparison.Ordinal);
        string[] parts = name.Split('_');
        RecurrentLayer<double> layer = layers[((parts[2][1] - '0') * directions) + (isReversed ? 1 : 0)];
        return (parts[0], parts[1]) switch
        {
            ("weight", "ih") => layer.InputWeights,
            ("weight", "hh") => layer.RecurrentWeights,
            ("bias", "ih") => layer.InputBiases!,
            _ => layer.RecurrentBiases!,
        };
    }

    private static void SetParameters(
        Network<double> network, Dictionary<string, double[]> parameters, string prefix = "")
    {
        foreach ((string name, double[] values) in parameters)
        {
            if (!name.StartsWith("linear.", StringComparison.Ordinal))
            {
                values.CopyTo(Find(network, name[prefix.Length..]).Values);
            }
        }
    }

    private static void SetReadout(Network<double> network, Dictionary<string, double[]> parameters)
    {
        parameters["linear.weight"].CopyTo(network.Parameter("dense1.weights").Values);
        parameters["linear.bias"].CopyTo(network.Parameter("dense1.biases").Values);
    }

    private static void SetStates(
        Network<double> network, double[]? states, Func<RecurrentLayer<double>, Parameter<double>?> get)
    {
        foreach ((int index, RecurrentLayer<double> layer) in Recurrent(network).Index())
        {
            states?.AsSpan(index * layer.Units, layer.Units).CopyTo(get(layer)!.Values);
        }
    }

    private static void AssertStates(
        Network<double> network,
        Gradients<double> gradients,
        double[]? expected,
        Func<RecurrentLayer<double>, Parameter<double>> get)
    {
        if (expected is not null)
        {
            Assert(
                [.. Recurrent(network).SelectMany(layer => gradients[get(layer)].AsColumnMajorArray())],
                expected,
                "initial state");
        }
    }

    private static void AssertGradients(
        Network<double> network, Gradients<double> gradients, Dictionary<string, double[]> expected)
    {
        foreach ((string name, double[] values) in expected)
        {
            Assert(gradients[Find(network, name)].AsColumnMajorArray(), values, name);
        }
    }

    private static void Assert(double[] actual, double[] expected, string because)
    {
        actual.Length.Should().Be(expected.Length, because);
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])), because);
        }
    }

    private sealed record Cases(RecurrentCase[] Gradients, RecurrentCase[] Lengths, RecurrentCase[] Trajectories);
}
