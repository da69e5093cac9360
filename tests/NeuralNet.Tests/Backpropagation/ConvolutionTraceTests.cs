using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Convolutions;
using NeuralNet.GradientChecks;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Regularization;
using NeuralNet.Traces;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>The trace of a convolution, and of what stands around one.</summary>
public sealed class ConvolutionTraceTests
{
    private static readonly Dictionary<string, Func<NetworkBuilder<double>, NetworkBuilder<double>>> _networks = new()
    {
        ["padding"] = b => b.Convolution(3, 3, padding: Padding.Same, activation: new Tanh()).MaxPooling(2).Dense(2),
        ["stride and dilation"] = b => b
            .Convolution(2, (2, 3), stride: (2, 1), padding: (1, 0, 2, 1), dilation: (2, 1), activation: new Sigmoid())
            .AveragePooling(2, stride: 1).Dense(2),
        ["groups, softmax, no biases"] = b => b
            .Convolution(4, 2, groups: 2, activation: new Softmax(), biases: false).GlobalMaxPooling().Dense(2),
        ["penalty, batch normalization"] = b => b
            .Convolution(4, 2, weightPenalty: new L2Penalty(0.1)).BatchNormalization().Activation(new Mish())
            .GlobalAveragePooling().Dense(2),
    };

    public static TheoryData<string> Networks { get; } = new(_networks.Keys);

    /// <summary>A convolution of a sequence on paper.</summary>
    /// <remarks>
    /// <code>
    /// x = (1, 2, −1)   w = (0.5, 0.25)   b = 0.1   leaky ReLU, slope 0.1
    /// z = ( 0.5·1 + 0.25·2 + 0.1, 0.5·2 − 0.25·1 + 0.1 ) = ( 1.1, 0.85 )   with w = (0.5, −2): z = ( −3.4, 3.1 )
    /// a = ( −0.34, 3.1 )   σ'(z) = ( 0.1, 1 )   e = ( 0.66, 0.1 )   L = ½(1² + 3²) = 5   ∂L/∂a = a − e = ( −1, 3 )
    /// δ = ( −0.1, 3 )   ∂L/∂w = ( 1·(−0.1) + 2·3, 2·(−0.1) + (−1)·3 ) = ( 5.9, −3.2 )   ∂L/∂b = 2.9
    /// ∂L/∂x = ( 0.5·(−0.1), −2·(−0.1) + 0.5·3, −2·3 ) = ( −0.05, 1.7, −6 )
    /// </code>
    /// </remarks>
    [Fact]
    public void A_small_convolution_is_traced_as_on_paper()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(3, 1), seed: 1)
            .Convolution(1, kernelSize: 2, activation: new LeakyReLU(0.1)).Build();
        network.Parameter("convolution1.weights").Set(Matrix<double>.Build.Dense(1, 2, [0.5, -2]));
        network.Parameter("convolution1.biases").Set(Vector(0.1));

        ConvolutionTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(1, 2, -1), Vector(0.66, 0.1)).Convolution("convolution1");

        Close(trace.PreActivation, -3.4, 3.1);
        Close(trace.ActivationDerivative!, 0.1, 1);
        Close(trace.OutputGradient, -1, 3);
        Close(trace.Delta, -0.1, 3);
        Close(trace.WeightGradient.Row(0), 5.9, -3.2);
        Close(trace.BiasGradient, 2.9);
        Close(trace.InputGradient, -0.05, 1.7, -6);
        trace.Weight(0, row: 0, column: 0, channel: 0).ToString().Should().Be(
            "convolution1.weights[0, 0, 0]: 1 · -0.1 + 2 · 3 = 5.9 (finite difference 5.9)");
        trace.Weight(0, row: 1, column: 0, channel: 0).ToString().Should().Be(
            "convolution1.weights[0, 1, 0]: 2 · -0.1 + -1 · 3 = -3.2 (finite difference -3.2)");
        trace.Bias(0).ToString().Should().Be(
            "convolution1.biases[0]: 1 · -0.1 + 1 · 3 = 2.9 (finite difference 2.9)");
        trace.ToString().Should().StartWith("convolution1: 3 × 1 → 2 × 1, LeakyReLU")
            .And.Contain("z = W·patch(p) + b").And.Contain("∂L/∂W = Σ δ(p)·patch(p)ᵀ")
            .And.Contain("∂L/∂b = Σ δ(p)").And.Contain("∂L/∂a⁽⁰⁾ = Σ Wᵀ·δ(p)");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_sum_over_the_places_is_the_gradient_and_the_finite_difference(string name)
    {
        Network<double> network = _networks[name](Network.Create<double>(new FeatureShape(6, 5, 2), seed: 3)).Build();
        Matrix<double> input = TestData.Uniform<double>(60, 1, seed: 4);
        Matrix<double> target = TestData.Uniform<double>(2, 1, seed: 5);
        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), input.Column(0), target.Column(0));

        ConvolutionTrace layer = trace.Convolution("convolution1");
        var convolution = (Convolution<double>)network.Layers[0];
        double[] a = new double[layer.Output.Count];
        int filters = convolution.Filters;
        layer.Activation.Forward<double>(
            new(layer.PreActivation.ToArray(), filters, a.Length / filters), new(a, filters, a.Length / filters));
        layer.Output.ToArray().Should().Equal(a, "z is the layer's z");
        int channels = convolution.Weights.Shape[^1];
        for (int f = 0; f < filters; f++)
        {
            for (int k = 0; k < layer.Weights.ColumnCount; k++)
            {
                int place = k / channels;
                int width = convolution.KernelSize.Width;
                Proven(layer.Weight(f, place / width, place % width, k % channels), layer.WeightGradient[f, k]);
            }

            if (convolution.Biases is not null)
            {
                Proven(layer.Bias(f), layer.BiasGradient[f]);
            }
            else
            {
                layer.BiasGradient[f].Should().BeApproximately(
                    Enumerable.Range(0, a.Length / filters).Sum(p => layer.Delta[(p * filters) + f]), 1e-15);
            }
        }

        static void Proven(SharedParameterTerms terms, double gradient)
        {
            terms.Gradient.Should().Be(gradient);
            (terms.Sum + terms.PenaltyByParameter).Should().BeApproximately(gradient, 1e-14);
            Math.Abs(terms.FiniteDifference!.Value - gradient).Should().BeLessThan((1e-8 * Math.Abs(gradient)) + 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_trace_is_the_engines_to_the_bit_layer_by_layer(string name)
    {
        Network<double> network = _networks[name](Network.Create<double>(new FeatureShape(6, 5, 2), seed: 3)).Build();
        Matrix<double> input = TestData.Uniform<double>(60, 1, seed: 4);
        Matrix<double> target = TestData.Uniform<double>(2, 1, seed: 5);
        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        Gradients<double> gradients = Gradients.For(network);
        double[] inputGradient = new double[60];
        double loss = engine.Compute(input, target, gradients, new MatrixSpan<double>(inputGradient, 60, 1));

        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), input.Column(0), target.Column(0));
        trace.Loss.Should().Be(loss);
        trace.Layers.Select(layer => layer.Name).Should().Equal(network.Layers.Select(layer => layer.Name));
        trace.Layers[0].InputGradient.ToArray().Should().Equal(inputGradient);
        foreach (ParameterTrace parameter in trace.Layers.SelectMany(layer => layer.Parameters))
        {
            parameter.Gradient.ToColumnMajorArray().Should().Equal(gradients[parameter.Name].ToColumnMajorArray());
        }

        // What each layer receives and hands on is what the next one receives and handed back.
        for (int l = 1; l < trace.Layers.Count; l++)
        {
            trace.Layers[l].Input.Should().Equal(trace.Layers[l - 1].Output);
            trace.Layers[l].InputGradient.Should().Equal(trace.Layers[l - 1].OutputGradient);
        }

        GradientCheck.Run(network, new MeanSquaredError(), input, target).EnsurePassed();
        string[] headings =
        [
            .. network.Layers.Select(layer => $"{layer.Name}: {layer.InputShape} → {layer.OutputShape}"),
        ];
        trace.ToString().Should().ContainAll(headings);
    }

    [Fact]
    public void What_there_is_not_is_refused()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(4, 4, 2), seed: 3)
            .Convolution(2, kernelSize: 3, biases: false).Build();
        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(new double[32]), Vector(new double[8]));
        trace.Invoking(t => t.Convolution("convolution2")).Should().Throw<KeyNotFoundException>()
            .WithMessage("There is no convolution 'convolution2'; there are convolution1*");
        ConvolutionTrace layer = trace.Convolution("convolution1");
        layer.Invoking(l => l.Weight(2, 0, 0, 0)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("filter");
        layer.Invoking(l => l.Weight(0, 3, 0, 0)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("row");
        layer.Invoking(l => l.Weight(0, 0, -1, 0)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("column");
        layer.Invoking(l => l.Weight(0, 0, 0, 2)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("channel");
        layer.Invoking(l => l.Bias(0)).Should().Throw<InvalidOperationException>().WithMessage("*no biases*");
    }

    private static Vector<double> Vector(params double[] values) => Vector<double>.Build.Dense(values);

    private static void Close(Vector<double> actual, params double[] expected)
    {
        actual.Count.Should().Be(expected.Length);
        (actual - Vector(expected)).AbsoluteMaximum().Should().BeLessThan(1e-14);
    }
}
