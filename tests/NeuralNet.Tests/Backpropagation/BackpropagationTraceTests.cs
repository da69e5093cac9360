using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Traces;
using NeuralNet.Training;

namespace NeuralNet.Tests.Backpropagation;

public sealed class BackpropagationTraceTests
{
    /// <summary>A 2-2-1 network on paper.</summary>
    /// <remarks>
    /// <code>
    /// x = (1, 2)   W1 = [ 0.5  0.25 ; −1  0.5 ]   b1 = ( 0.1, −0.2 )   leaky ReLU, slope 0.1
    /// z1 = ( 0.5·1 + 0.25·2 + 0.1, −1·1 + 0.5·2 − 0.2 ) = ( 1.1, −0.2 )   a1 = ( 1.1, −0.02 )   σ'(z1) = ( 1, 0.1 )
    /// W2 = [ 2  −3 ]   b2 = 0.3   no activation
    /// z2 = 2·1.1 − 3·(−0.02) + 0.3 = 2.56   a2 = 2.56   σ'(z2) = 1
    /// e = 1   L = (2.56 − 1)² = 2.4336   ∂L/∂a2 = 2·1.56 = 3.12
    /// δ2 = 3.12·1 = 3.12   ∂L/∂W2 = 3.12·( 1.1, −0.02 ) = ( 3.432, −0.0624 )   ∂L/∂b2 = 3.12
    /// ∂L/∂a1 = W2ᵀ·δ2 = ( 2·3.12, −3·3.12 ) = ( 6.24, −9.36 )
    /// δ1 = ( 6.24·1, −9.36·0.1 ) = ( 6.24, −0.936 )
    /// ∂L/∂W1 = δ1·xᵀ = [ 6.24·1  6.24·2 ; −0.936·1  −0.936·2 ] = [ 6.24  12.48 ; −0.936  −1.872 ]
    /// ∂L/∂x = W1ᵀ·δ1 = ( 0.5·6.24 + (−1)·(−0.936), 0.25·6.24 + 0.5·(−0.936) ) = ( 4.056, 1.092 )
    /// </code>
    /// </remarks>
    [Fact]
    public void A_small_network_is_traced_as_on_paper()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(2, new LeakyReLU(0.1)).Dense(1).Build();
        Set(network, 0, new[,] { { 0.5, 0.25 }, { -1, 0.5 } }, [0.1, -0.2]);
        Set(network, 1, new double[,] { { 2, -3 } }, [0.3]);

        BackpropagationTrace trace = BackpropagationTrace.Run(network, new MeanSquaredError(), Vector(1, 2), Vector(1));

        trace.Loss.Should().BeApproximately(2.4336, 1e-14);
        Close(trace.Input, 1, 2);
        Close(trace.Output, 2.56);
        Close(trace.Target, 1);

        DenseTrace first = trace.Dense("dense1");
        Close(first.Input, 1, 2);
        Close(first.PreActivation, 1.1, -0.2);
        Close(first.Output, 1.1, -0.02);
        Close(first.ActivationDerivative!, 1, 0.1);
        Close(first.ActivationJacobian, 1, 0, 0, 0.1);
        Close(first.OutputGradient, 6.24, -9.36);
        Close(first.Delta, 6.24, -0.936);
        Close(first.WeightGradient, 6.24, -0.936, 12.48, -1.872);
        Close(first.GradientOfNeuron(1), -0.936, -1.872);
        Close(first.BiasGradient, 6.24, -0.936);
        Close(first.InputGradient, 4.056, 1.092);

        DenseTrace last = trace.Dense("dense2");
        Close(last.Weights, 2, -3);
        Close(last.Biases, 0.3);
        Close(last.PreActivation, 2.56);
        Close(last.OutputGradient, 3.12);
        Close(last.Delta, 3.12);
        Close(last.WeightGradient, 3.432, -0.0624);

        // w1₂₁ = −1: ∂z₂/∂w = x₁ = 1, σ'(z₂) = 0.1, ∂L/∂a₂ = −9.36.
        ChainRuleTerms weight = first.Weight(neuron: 1, input: 0);
        weight.PreActivationByParameter.Should().Be(1);
        ChainPath path = weight.Paths.Should().ContainSingle().Subject;
        path.Output.Should().Be(1);
        path.ActivationByPreActivation.Should().Be(0.1);
        path.LossByActivation.Should().BeApproximately(-9.36, 1e-14);
        weight.Product.Should().BeApproximately(-0.936, 1e-14);
        weight.Gradient.Should().BeApproximately(-0.936, 1e-14);
        weight.FiniteDifference.Should().BeApproximately(-0.936, 1e-9);
        weight.ToString().Should().Be("dense1.weights[1, 0]: 1 · 0.1 · -9.36 = -0.936 (finite difference -0.936)");
    }

    /// <summary>
    /// The numbers that M. Mazur works out in "A Step by Step Backpropagation Example" (2015), to all his digits.
    /// </summary>
    [Fact]
    public void A_published_example_is_traced_as_published()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(2, new Sigmoid()).Dense(2, new Sigmoid())
            .Build();
        Set(network, 0, new[,] { { 0.15, 0.20 }, { 0.25, 0.30 } }, [0.35, 0.35]);
        Set(network, 1, new[,] { { 0.40, 0.45 }, { 0.50, 0.55 } }, [0.60, 0.60]);

        // His error is ½ Σ (target − out)², which for two outputs is their mean square.
        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(0.05, 0.10), Vector(0.01, 0.99));

        trace.Loss.Should().BeApproximately(0.298371109, 1e-9);
        Near(trace.Dense("dense1").Output, 0.593269992, 0.596884378);
        Near(trace.Dense("dense2").PreActivation, 1.105905967);
        Near(trace.Output, 0.75136507, 0.772928465);
        Near(trace.Dense("dense2").ActivationDerivative!, 0.186815602);
        trace.Dense("dense2").Weight(0, 0).Product.Should().BeApproximately(0.082167041, 1e-9);
        trace.Dense("dense1").Weight(0, 0).Product.Should().BeApproximately(0.000438568, 1e-9);

        // He moves the weights alone, by half of their gradients.
        foreach (DenseTrace layer in trace.Layers.Cast<DenseTrace>())
        {
            network.Parameter(layer.Name + ".weights").Set(layer.Weights - (0.5 * layer.WeightGradient));
        }

        Near(network.Parameter("dense2.weights").Value.Row(0), 0.35891648, 0.408666186);
        Near(network.Parameter("dense2.weights").Value.Row(1), 0.511301270, 0.561370121);
        Near(network.Parameter("dense1.weights").Value.Row(0), 0.149780716, 0.19956143);
        Near(network.Parameter("dense1.weights").Value.Row(1), 0.24975114, 0.29950229);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_trace_is_the_engines_to_the_bit(int seed)
    {
        IActivation[] hidden = [new Tanh(), new Softmax(), new Cubic(), new ReLU()];
        Network<double> network = Network.Create<double>(7, seed)
            .Dense(9, hidden[seed % 4]).Dense(6, hidden[(seed + 1) % 4]).Add(shape => new Gain(shape.Size)).Dense(5)
            .Build();
        Matrix<double> input = TestData.Uniform<double>(7, 1, seed);
        Matrix<double> target = TestData.Distributions(5, 1, seed + 1);
        var engine = new BackpropagationEngine<double>(network, new SoftmaxCrossEntropy());
        Gradients<double> gradients = Gradients.For(network);
        double[] inputGradient = new double[7];
        double loss = engine.Compute(input, target, gradients, new MatrixSpan<double>(inputGradient, 7, 1));

        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new SoftmaxCrossEntropy(), input.Column(0), target.Column(0));

        trace.Loss.Should().Be(loss);
        trace.Output.ToArray().Should().Equal(engine.Outputs.Values.ToArray());
        trace.Layers[0].InputGradient.ToArray().Should().Equal(inputGradient);
        foreach (ParameterTrace parameter in trace.Layers.SelectMany(layer => layer.Parameters))
        {
            parameter.Value.Should().Be(network.Parameter(parameter.Name).Value);
            parameter.Gradient.ToColumnMajorArray().Should().Equal(gradients[parameter.Name].ToColumnMajorArray());
        }

        foreach (DenseTrace layer in trace.Layers.OfType<DenseTrace>())
        {
            layer.BiasGradient.Should().Equal(layer.Delta);
            double[] a = new double[layer.Output.Count];
            layer.Activation.Forward<double>(new(layer.PreActivation.ToArray(), a.Length, 1), new(a, a.Length, 1));
            layer.Output.ToArray().Should().Equal(a, "z is the layer's z");
            (layer.ActivationJacobian.TransposeThisAndMultiply(layer.OutputGradient) - layer.Delta).L2Norm()
                .Should().BeLessThan(1e-15);
            (layer.Delta.OuterProduct(layer.Input) - layer.WeightGradient).L2Norm().Should().BeLessThan(1e-15);
            (layer.Weights.TransposeThisAndMultiply(layer.Delta) - layer.InputGradient).L2Norm()
                .Should().BeLessThan(1e-15);
        }
    }

    [Fact]
    public void The_product_of_the_factors_is_the_gradient_and_the_finite_difference()
    {
        Network<double> network = Network.Create<double>(3, seed: 5)
            .Dense(4, new Tanh()).Dense(4, new Softmax()).Dense(2, new Sigmoid()).Build();
        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(0.3, -0.7, 1.1), Vector(0.2, 0.9));
        foreach (DenseTrace layer in trace.Layers.Cast<DenseTrace>())
        {
            for (int j = 0; j < layer.Output.Count; j++)
            {
                Proven(layer.Bias(j), layer.BiasGradient[j]);
                layer.GradientOfNeuron(j).Should().Equal(layer.WeightGradient.Row(j));
                for (int k = 0; k < layer.Input.Count; k++)
                {
                    Proven(layer.Weight(j, k), layer.WeightGradient[j, k]);
                }
            }
        }

        static void Proven(ChainRuleTerms chain, double gradient)
        {
            chain.Gradient.Should().Be(gradient);
            chain.Product.Should().BeApproximately(gradient, 1e-16);
            Math.Abs(chain.FiniteDifference!.Value - gradient).Should().BeLessThan(1e-9 * Math.Abs(gradient) + 1e-13);
        }
    }

    [Fact]
    public void A_penalty_is_part_of_the_loss_and_shown_beside_the_product()
    {
        Network<double> network = Network.Create<double>(2, seed: 5)
            .Dense(3, new Tanh(), weightPenalty: new L2Penalty(0.3)).BatchNormalization().Dense(1).Build();
        Matrix<double> input = TestData.Uniform<double>(2, 1, seed: 6);
        Matrix<double> target = TestData.Uniform<double>(1, 1, seed: 7);
        Gradients<double> gradients = Gradients.For(network);
        double loss = new BackpropagationEngine<double>(network, new MeanSquaredError())
            .Compute(input, target, gradients);

        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), input.Column(0), target.Column(0));
        trace.Loss.Should().Be(loss);
        DenseTrace layer = trace.Dense("dense1");
        layer.WeightGradient.Should().Be(gradients["dense1.weights"]);
        ChainRuleTerms weight = layer.Weight(2, 1);
        weight.PenaltyByParameter.Should().BeApproximately(2 * 0.3 * layer.Weights[2, 1], 1e-15);
        (weight.Product + weight.PenaltyByParameter).Should().BeApproximately(weight.Gradient, 1e-15);
        weight.FiniteDifference.Should().BeApproximately(weight.Gradient, 1e-9);
        layer.Bias(2).PenaltyByParameter.Should().Be(0);
        layer.ToString().Should().Contain("+ ∂R/∂W");
        trace.Layers[1].Parameters.Select(parameter => parameter.Name).Should().Equal(
            "batchNormalization1.gamma", "batchNormalization1.beta");
    }

    [Fact]
    public void The_Jacobian_of_softmax_has_no_vector()
    {
        Network<double> network = Network.Create<double>(3, seed: 5).Dense(3, new Softmax()).Build();
        DenseTrace layer = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(0.3, -0.7, 1.1), Vector(0, 0, 1)).Dense("dense1");

        // ∂aᵢ/∂zⱼ = aᵢ(δᵢⱼ − aⱼ).
        Vector<double> a = layer.Output;
        Matrix<double> expected = Matrix<double>.Build.DenseOfDiagonalVector(a) - a.OuterProduct(a);
        (layer.ActivationJacobian - expected).L2Norm().Should().BeLessThan(1e-15);
        layer.ActivationDerivative.Should().BeNull();
        layer.Weight(0, 0).Paths.Select(path => path.Output).Should().Equal(0, 1, 2);
        layer.ToString().Should().Contain("∂a/∂z").And.NotContain("σ'(z)");
    }

    [Fact]
    public void At_a_kink_there_is_no_finite_difference()
    {
        Network<double> network = Network.Create<double>(1, seed: 5).Dense(1, new ReLU()).Build();
        ChainRuleTerms bias = BackpropagationTrace.Run(network, new MeanSquaredError(), Vector(0), Vector(1))
            .Dense("dense1").Bias(0);
        bias.FiniteDifference.Should().BeNull();
        bias.ToString().Should().Contain("kink");
    }

    [Fact]
    public void A_trace_stays_what_it_was_while_the_network_trains()
    {
        Network<double> network = Network.Create<double>(2, seed: 5).Dense(3, new Tanh()).Dense(1).Build();
        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(0.3, -0.7), Vector(1));
        string before = trace.ToString();
        ChainRuleTerms weight = trace.Dense("dense1").Weight(2, 1);

        new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.5))
            .Step(trace.Input.ToColumnMatrix(), trace.Target.ToColumnMatrix());
        double[][] trained = network.Parameters.Select(parameter => parameter.Values.ToArray()).ToArray();

        trace.ToString().Should().Be(before);
        trace.Dense("dense1").Weight(2, 1).FiniteDifference.Should().Be(weight.FiniteDifference);
        network.Parameters.Select(parameter => parameter.Values.ToArray()).Should().BeEquivalentTo(
            trained, "the finite difference puts the parameters back");
    }

    [Fact]
    public void Layers_that_are_not_dense_are_traced_by_what_goes_in_and_out()
    {
        Network<double> network = Network.Create<double>(2, seed: 5).Dense(3).Add(shape => new Gain(shape.Size))
            .Build();
        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(1, 2), Vector(1, 2, 3));
        OtherLayerTrace gain = trace.Layers[1].Should().BeOfType<OtherLayerTrace>().Subject;
        gain.Number.Should().Be(2);
        gain.Parameters.Should().ContainSingle().Which.Name.Should().Be("gain1.gain");
        gain.Parameters[0].Gradient.Column(0).Should().Equal(gain.OutputGradient.PointwiseMultiply(gain.Input));
        gain.ToString().Should().StartWith("gain1: 3 → 3").And.Contain("∂L/∂gain1.gain");
    }

    [Fact]
    public void Layers_that_a_pass_leaves_out_are_left_out_of_the_trace()
    {
        Network<double> network = Network.Create<double>(2, seed: 5)
            .Add(new Composite(true, true, new Dense<double>(2, 2), "a"))
            .Add(new Composite(false, false, new Dense<double>(2, 2), "b"))
            .Add(new Composite(true, false, new Dense<double>(2, 2), "c"))
            .Build();
        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(1, 2), Vector(1, 2));
        trace.Layers.Select(layer => layer.Layers.Count).Should().Equal(1, 0, 0);
        trace.Layers[0].Layers[0].Name.Should().Be("composite1.a");
        trace.Invoking(t => t.Dense("composite2.b")).Should().Throw<KeyNotFoundException>();
    }

    [Fact]
    public void A_layer_that_takes_the_name_of_its_parent_is_in_the_trace_and_a_sequence_gives_way_to_its_layers()
    {
        BackpropagationTrace trace = BackpropagationTrace.Run(
            Network.Create<double>(2, seed: 5)
                .Add(new Composite(true, true, new Dense<double>(2, 2), ""))
                .Add(new Composite(true, true, new Sequence<double>(new Dense<double>(2, 2)), ""))
                .Build(),
            new MeanSquaredError(),
            Vector(1, 2),
            Vector(1, 2));
        trace.Layers[0].Layers.Should().ContainSingle().Which.Should().BeOfType<DenseTrace>()
            .Which.Name.Should().Be("composite1");
        trace.Layers[1].Layers.Should().ContainSingle().Which.Should().BeOfType<DenseTrace>()
            .Which.Name.Should().Be("composite2.dense1");
    }

    [Fact]
    public void The_text_shows_the_parameters_of_a_layer_apart_from_those_of_the_layers_within_it()
    {
        string text = BackpropagationTrace.Run(
            Network.Create<double>(2, seed: 5).Add(new Composite(true, true, new Gain(2), "a")).Build(),
            new MeanSquaredError(),
            Vector(1, 2),
            Vector(1, 2)).ToString();
        string[] within = text.Split("composite1.a: 2 → 2");
        within.Should().HaveCount(2);
        within[0].Should().Contain("∂L/∂composite1.bias").And.NotContain("∂L/∂composite1.a.gain");
        within[1].Should().Contain("∂L/∂composite1.a.gain").And.NotContain("∂L/∂composite1.bias");
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Network<double> network = Network.Create<double>(2, seed: 5).Dense(3, new Softmax()).Build();
        FluentActions.Invoking(
            () => BackpropagationTrace.Run(network, new MeanSquaredError(), Vector(1), Vector(1, 2, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*takes 2 numbers*input has 1*")
            .WithParameterName("input");
        FluentActions.Invoking(() => BackpropagationTrace.Run(network, new MeanSquaredError(), Vector(1, 2), Vector(1)))
            .Should().Throw<ArgumentException>().WithMessage("*gives 3 numbers*target has 1*")
            .WithParameterName("target");
        FluentActions.Invoking(
            () => BackpropagationTrace.Run(network, new SoftmaxCrossEntropy(), Vector(1, 2), Vector(1, 0, 0)))
            .Should().Throw<ArgumentException>().WithMessage("*logits*");

        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), Vector(1, 2), Vector(1, 0, 0));
        trace.Invoking(t => t.Dense("dense2")).Should().Throw<KeyNotFoundException>().WithMessage("*dense1*");
        trace.Dense("dense1").Invoking(l => l.Weight(3, 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("neuron");
        trace.Dense("dense1").Invoking(l => l.Weight(0, -1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("input");
        trace.Dense("dense1").Invoking(l => l.Bias(3))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("neuron");
        trace.Dense("dense1").Invoking(l => l.GradientOfNeuron(3))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("neuron");
    }

    [Fact]
    public void The_text_shows_every_term_and_the_beginning_of_long_vectors()
    {
        Network<double> network = Network.Create<double>(20, seed: 5).Dense(12, new Sigmoid()).Dense(2).Build();
        string text = BackpropagationTrace.Run(
            network, new MeanSquaredError(), TestData.Uniform<double>(20, 1, 6).Column(0), Vector(1, 0)).ToString();
        text.Should().Contain("mean squared error").And.Contain("z = W·a⁽⁰⁾ + b").And.Contain("δ = ∂L/∂a⁽²⁾ ⊙ σ'(z)")
            .And.Contain("∂L/∂W = δ·(a⁽¹⁾)ᵀ").And.Contain("∂L/∂a⁽¹⁾ = Wᵀ·δ")
            .And.Contain("… 12 rows").And.Contain(", … 20)");
        text.Split('\n').Should().OnlyContain(line => line == line.TrimEnd());
    }

    private static Vector<double> Vector(params double[] values) => Vector<double>.Build.Dense(values);

    private static void Set(Network<double> network, int layer, double[,] weights, double[] biases)
    {
        var dense = (Dense<double>)network.Layers[layer];
        dense.Weights.Set(Matrix<double>.Build.DenseOfArray(weights));
        dense.Biases!.Set(Vector(biases));
    }

    private static void Close(Vector<double> actual, params double[] expected) =>
        Close(actual.ToColumnMatrix(), expected);

    private static void Close(Matrix<double> actual, params double[] expected)
    {
        double[] values = actual.ToColumnMajorArray();
        values.Should().HaveSameCount(expected);
        values.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-14);
    }

    /// <summary>As published, with eight or nine digits; of fewer values than there are, the first.</summary>
    private static void Near(Vector<double> actual, params double[] expected) =>
        actual.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 5.1e-9);

    /// <summary>a = f(x) + b for a layer f within this one, which it may leave out of its passes: a = x + b.</summary>
    private sealed class Composite : Layer<double>
    {
        private readonly bool _runsForward;
        private readonly bool _runsBackward;
        private readonly Parameter<double> _bias;

        public Composite(bool runsForward, bool runsBackward, Layer<double> child, string name)
            : base("composite", child.InputShape, child.OutputShape)
        {
            _runsForward = runsForward;
            _runsBackward = runsBackward;
            _bias = AddParameter("bias", [OutputSize], new Constant(0.5));
            AddChild(child, name);
        }

        public override void Forward(
            ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context)
        {
            if (_runsForward)
            {
                context.ForwardChild(0, input, output);
            }
            else
            {
                input.Values.CopyTo(output.Values);
            }

            for (int i = 0; i < output.Values.Length; i++)
            {
                output.Values[i] += _bias.Values[i % output.Rows];
            }
        }

        public override void Backward(
            ReadOnlyMatrixSpan<double> input,
            ReadOnlyMatrixSpan<double> output,
            MatrixSpan<double> outputGradient,
            MatrixSpan<double> inputGradient,
            BackwardContext<double> context)
        {
            outputGradient.Values[..OutputSize].CopyTo(context.Gradient(_bias).Values);
            if (_runsBackward)
            {
                context.BackwardChild(0, input, output, outputGradient, inputGradient);
            }
            else
            {
                outputGradient.Values.CopyTo(inputGradient.Values);
            }
        }
    }

    /// <summary>aᵢ = gᵢ·xᵢ.</summary>
    private sealed class Gain : Layer<double>
    {
        private readonly Parameter<double> _gain;

        public Gain(int size)
            : base("gain", size, size) => _gain = AddParameter("gain", [size], new Constant(1.5));

        public override void Forward(
            ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context)
        {
            for (int i = 0; i < input.Values.Length; i++)
            {
                output.Values[i] = _gain.Values[i % input.Rows] * input.Values[i];
            }
        }

        public override void Backward(
            ReadOnlyMatrixSpan<double> input,
            ReadOnlyMatrixSpan<double> output,
            MatrixSpan<double> outputGradient,
            MatrixSpan<double> inputGradient,
            BackwardContext<double> context)
        {
            Span<double> gradient = context.Gradient(_gain).Values;
            gradient.Clear();
            for (int i = 0; i < input.Values.Length; i++)
            {
                gradient[i % input.Rows] += outputGradient.Values[i] * input.Values[i];
                if (!inputGradient.IsEmpty)
                {
                    inputGradient.Values[i] = outputGradient.Values[i] * _gain.Values[i % input.Rows];
                }
            }
        }
    }
}
