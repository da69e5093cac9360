using System.Numerics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NeuralNet.Activations;
using NeuralNet.CodeGeneration;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Tests.Activations;

namespace NeuralNet.Tests.CodeGeneration;

/// <summary>The source is compiled and predicts what the network predicts.</summary>
public sealed class CSharpSourceTests
{
    private static readonly double[] _extremes =
    [
        0, -0.0, 1e-30, -1e-30, 1e-4, -1e-4, 0.3, -0.3, 1, -1, 2.9, -2.9, 3.1, -3.1, 6, -6, 12, -12, 40, -40, 100, -100,
        1000,
        -1000, 1e10, -1e10, 1e30, -1e30, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    [Fact]
    public void Every_activation_in_float() => EveryActivation<float>(1e-5, 1e-37);

    [Fact]
    public void Every_activation_in_double() => EveryActivation<double>(1e-12, 1e-300);

    [Fact]
    public void Every_layer_in_float() => EveryLayerKind<float>(1e-5);

    [Fact]
    public void Every_layer_in_double() => EveryLayerKind<double>(1e-12);

    [Theory]
    [InlineData(784, 128)]
    [InlineData(3, 5000)]
    public void A_plain_network(int inputs, int hidden) =>
        Compare(
            Network.Create<float>(inputs, seed: 3).Dense(hidden, new ReLU()).Dense(10, new Softmax()).Build(), 1e-5);

    [Fact]
    public void Residual_blocks_keep_their_input_wherever_they_stand()
    {
        Compare(Network.Create<double>(4, seed: 1).Residual(block => block.Dropout(0.5)).Build(), 1e-12);
        Compare(Network.Create<double>(4, seed: 1).Residual(block => block.PReLU()).Build(), 1e-12);
        Compare(
            Network.Create<double>(4, seed: 1)
                .Residual(block => block
                    .Residual(
                        inner =>
                            inner.Activation(new Tanh()).Dense(7).Residual(deep => deep.Dense(5).Dense(7)).Dense(4))
                    .Dense(9, new GELU())
                    .Dense(4))
                .Residual(block => block.Residual(inner => inner.Dropout(0.1)))
                .Build(),
            1e-12);
    }

    [Fact]
    public void Images_of_one_channel()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(5, 4, 1), seed: 1)
            .BatchNormalization().PReLU(slopePerFeature: true).BatchNormalization().PReLU().Build();
        double value = 0.3;
        foreach (Parameter<double> parameter in network.Parameters)
        {
            parameter.Values.Fill(value += 0.1);
        }

        Compare(network, 1e-12);
    }

    [Fact]
    public void Parameters_by_channel_are_written_once_for_all_positions()
    {
        Network<double> small = Image(side: 16);
        Network<double> large = Image(side: 32);
        foreach (Network<double> network in new[] { small, large })
        {
            double value = 0.3;
            foreach (Parameter<double> parameter in network.Parameters)
            {
                parameter.Values.Fill(value += 0.1);
            }

            Compare(network, 1e-12);
        }

        large.ToCSharpSource().Length.Should().BeCloseTo(small.ToCSharpSource().Length, 50);

        static Network<double> Image(int side) => Network.Create<double>(new FeatureShape(side, side, 64), seed: 1)
            .BatchNormalization().PReLU(slopePerFeature: true).LayerNormalization().PReLU().Build();
    }

    [Fact]
    public void The_source_is_as_long_for_large_images_as_for_small_ones()
    {
        Network<double> small = Image(side: 24);
        Compare(small, 1e-12);
        int lines = small.ToCSharpSource().Split('\n').Length;
        Image(side: 48).ToCSharpSource().Split('\n').Length.Should().BeLessThanOrEqualTo(lines);

        static Network<double> Image(int side) => Network.Create<double>(new FeatureShape(side, side, 3), seed: 1)
            .LayerNormalization()
            .Branches(
                Merge.Concatenation,
                left => left.LayerNormalization(),
                right => right.Activation(new Tanh()),
                both => both.Activation(new ReLU()))
            .Activation(new Sigmoid())
            .Build();
    }

    [Fact]
    public void A_network_without_parameters_or_that_only_hands_on()
    {
        Compare(Network.Create<float>(4, seed: 1).Activation(new Softmax()).Build(), 1e-5);
        Compare(Network.Create<float>(new FeatureShape(3, 4), seed: 1).Activation(new Softmax()).Build(), 1e-5);
        Compare(Network.Create<float>(new FeatureShape(2, 2, 3), seed: 1).Activation(new LogSoftmax()).Build(), 1e-5);
        Compare(Network.Create<float>(4, seed: 1).Dropout(0.5).Build(), 1e-5);
    }

    [Fact]
    public void Parameters_come_through_bit_by_bit()
    {
        Network<float> network = Network.Create<float>(3, seed: 1).Dense(3).Build();
        network.Parameter("dense1.weights").Values.Clear();
        float[] values = [float.NaN, float.Epsilon, float.MaxValue];
        values.CopyTo(network.Parameter("dense1.biases").Values);
        Prediction<float> predict = Compiled(network);
        float[] output = new float[3];
        predict([1, 2, 3], output);
        output.Select(BitConverter.SingleToInt32Bits).Should().Equal(values.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void The_output_may_be_the_memory_of_the_input()
    {
        Network<double> network = Network.Create<double>(5, seed: 2).Dense(6, new Tanh()).Dense(5).Build();
        double[] values = [1, -2, 3, -4, 5];
        double[] expected = new double[5];
        network.Predict(values, expected);
        Compiled(network)(values, values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i].Should().BeApproximately(expected[i], 1e-12);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void A_prediction_allocates_nothing(int hidden)
    {
        Prediction<float> predict = Compiled(
            Network.Create<float>(2, seed: 2).Dense(hidden, new ReLU()).Dense(1).Build());
        float[] input = [1, 2];
        float[] output = new float[1];
        Allocations.WhenWarm(() => predict(input, output)).Should().Be(0);
    }

    [Theory]
    [InlineData(3, 2, "*takes 4 features, but 3*input*")]
    [InlineData(5, 2, "*takes 4 features, but 5*input*")]
    [InlineData(4, 1, "*gives 2 outputs*room for 1*output*")]
    [InlineData(4, 3, "*gives 2 outputs*room for 3*output*")]
    public void Wrong_lengths_are_refused(int inputs, int outputs, string message)
    {
        Prediction<float> predict = Compiled(Network.Create<float>(4, seed: 2).Dense(2).Build());
        FluentActions.Invoking(() => predict(new float[inputs], new float[outputs]))
            .Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("1Model")]
    [InlineData("class")]
    [InlineData("record")]
    [InlineData("@class")]
    [InlineData("A.B")]
    [InlineData("A<T>")]
    [InlineData("A B")]
    [InlineData("A\n")]
    [InlineData("A{}//")]
    [InlineData("A\\u0041")]
    [InlineData("A\u200Db")]
    [InlineData("Predict")]
    [InlineData("Math")]
    [InlineData("ReLU")]
    [InlineData("Dense")]
    public void Names_that_are_none_for_a_class_are_refused(string? name)
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(1).Build();
        FluentActions.Invoking(() => network.ToCSharpSource(new() { ClassName = name! }))
            .Should().Throw<ArgumentException>().WithMessage("*class*").And.ParamName.Should().Be("options");
    }

    [Fact]
    public void A_name_that_is_refused_is_shown_without_what_would_garble_a_terminal()
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(1).Build();
        FluentActions.Invoking(() => network.ToCSharpSource(new() { ClassName = "A\u001b[31m" }))
            .Should().Throw<ArgumentException>().WithMessage("*but it is 'A\uFFFD[31m'.*");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".")]
    [InlineData("A.")]
    [InlineData(".A")]
    [InlineData("A..B")]
    [InlineData("A.class")]
    [InlineData("A { } namespace B")]
    [InlineData("A;\nclass C{}")]
    public void Names_that_are_none_for_a_namespace_are_refused(string? name)
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(1).Build();
        FluentActions.Invoking(() => network.ToCSharpSource(new() { Namespace = name! }))
            .Should().Throw<ArgumentException>().WithMessage("*namespace*").And.ParamName.Should().Be("options");
    }

    [Theory]
    [InlineData("Acme.System", "Größe")]
    [InlineData("Acme.Math.Convert", "_M1")]
    [InlineData("System", "Model")]
    public void Names_that_look_like_those_of_the_platform_do_no_harm(string space, string name)
    {
        string source = EveryLayer.Create<float>(5)
            .ToCSharpSource(new() { Namespace = space, ClassName = name, IsPublic = true });
        Type type = CompiledModel.Compile(
            source,
            "namespace Acme { class ArrayPool { } class BinaryPrimitives { } class Span { } "
            + "}").GetType($"{space}.{name}")!;
        type.IsPublic.Should().BeTrue();
        type.GetField("InputSize")!.GetRawConstantValue().Should().Be(5);
        type.GetField("OutputSize")!.GetRawConstantValue().Should().Be(10);
    }

    [Fact]
    public void Every_name_of_a_member_is_refused_as_the_name_of_the_class()
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(1).Build();
        foreach (MemberInfo member in CompiledModel.Compile([.. Sources<float>()]).GetTypes()
            .Where(type => type.Namespace == "GeneratedModels")
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
                .Where(member => member.DeclaringType == type && member is not ConstructorInfo)))
        {
            FluentActions.Invoking(() => network.ToCSharpSource(new() { ClassName = member.Name }))
                .Should().Throw<ArgumentException>(member.Name);
        }
    }

    [Fact]
    public void The_source_uses_nothing_but_the_platform()
    {
        string[] sources =
        [
            .. Sources<float>(),
            .. Sources<double>().Select(s => s.Replace("GeneratedModels", "Doubles", StringComparison.Ordinal)),
        ];
        CSharpCompilation compilation = CompiledModel.Compilation(sources);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SyntaxNode root = tree.GetRoot();
            root.DescendantNodes().OfType<UsingDirectiveSyntax>().Select(directive => directive.Name!.ToString())
                .Should().OnlyContain(
                    name => name == "global::System" || name.StartsWith("global::System.", StringComparison.Ordinal));
        }

        CompiledModel.Compile(sources).GetReferencedAssemblies().Select(name => name.Name!)
            .Should().OnlyContain(name => name.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_network_gives_the_same_text()
    {
        string source = EveryLayer.Create<float>(7).ToCSharpSource();
        EveryLayer.Create<float>(7).ToCSharpSource().Should().Be(source).And.NotContain("\r").And.EndWith("}\n");
        source.Split('\n').Should().OnlyContain(line => line.TrimEnd() == line);
    }

    [Fact]
    public void A_layer_of_ones_own_is_refused_by_name()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Residual(block => block.Add(new Halving(2))).Build();
        FluentActions.Invoking(() => network.ToCSharpSource())
            .Should().Throw<NotSupportedException>().WithMessage($"*halving1*{typeof(Halving)}*");
    }

    [Fact]
    public void An_activation_of_ones_own_is_refused_by_name()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(2, new Cubic()).Build();
        FluentActions.Invoking(() => network.ToCSharpSource())
            .Should().Throw<NotSupportedException>().WithMessage($"*dense1*{typeof(Cubic)}*");
    }

    [Fact]
    public void More_parameters_than_an_assembly_has_strings_for_are_refused()
    {
        FluentActions.Invoking(() => Network.Create<double>(1000, seed: 1).Dense(1000).Build().ToCSharpSource())
            .Should().Throw<NotSupportedException>().WithMessage("*16 MB*");
        CompiledModel.Compile(Network.Create<float>(1200, seed: 1).Dense(1250).Build().ToCSharpSource());
    }

    [Fact]
    public void A_prediction_that_needs_more_memory_than_an_array_holds_is_refused() =>
        FluentActions.Invoking(() => Network.Create<float>(1_500_000_000, seed: 1)
                .Activation(new ReLU()).Residual(block => block.Activation(new ReLU())).Build().ToCSharpSource())
            .Should().Throw<NotSupportedException>().WithMessage("*2 outputs of up to 1500000000 features*");

    private static void EveryActivation<T>(double relative, double absolute)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] points =
        [
            .. _extremes.Select(T.CreateSaturating),
            .. Enumerable.Range(-150, 301).Select(i => T.CreateChecked(i * 0.1)),
        ];
        Network<T>[] networks = Catalogue.All
            .Select(activation => Network.Create<T>(activation is Softmax or LogSoftmax ? 3 : points.Length, seed: 1)
                .Activation(activation).Build())
            .ToArray();
        Assembly assembly = CompiledModel.Compile(
            [.. networks.Select((n, i) => n.ToCSharpSource(new() { ClassName = $"M{i}" }))]);
        for (int n = 0; n < networks.Length; n++)
        {
            Network<T> network = networks[n];

            // The sum whose logarithm is taken is rounded where it is near 1.
            double least = Catalogue.All[n] is LogSoftmax
                ? double.CreateChecked(T.BitIncrement(T.One) - T.One)
                : absolute;
            Prediction<T> predict = assembly.Predict<T>($"GeneratedModels.M{n}");
            foreach (T[] input in points.Chunk(network.InputSize).Where(chunk => chunk.Length == network.InputSize))
            {
                T[] expected = new T[input.Length];
                T[] actual = new T[input.Length];
                network.Predict(input, expected);
                predict(input, actual);
                for (int i = 0; i < input.Length; i++)
                {
                    double e = double.CreateChecked(expected[i]);
                    double a = double.CreateChecked(actual[i]);
                    (a.Equals(e) || a == e || Math.Abs(a - e) <= (relative * Math.Abs(e)) + least)
                        .Should().BeTrue($"{Catalogue.All[n].Name}({input[i]}) is {e}, not {a}");
                }
            }
        }
    }

    private static void EveryLayerKind<T>(double relative)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = EveryLayer.Create<T>(20);
        var random = new Random(5);
        foreach (Parameter<T> parameter in network.Parameters.Where(parameter => parameter.Shape.Count == 1))
        {
            foreach (ref T value in parameter.Values)
            {
                value = T.CreateChecked(0.2 + random.NextDouble());
            }
        }

        Compare(network, relative);
        Compare(
            Network.Create<T>(6, seed: 3).LayerNormalization(0.1).BatchNormalization().PReLU()
                .PReLU(slopePerFeature: true).Build(),
            relative);
    }

    private static IEnumerable<string> Sources<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Catalogue.All
            .Select(activation => Network.Create<T>(2, seed: 1).Dense(2, activation).Build())
            .Append(EveryLayer.Create<T>(4))
            .Append(Network.Create<T>(2, seed: 1).Dense(5000).Build())
            .Select((network, i) => network.ToCSharpSource(new() { ClassName = $"M{i}" }));

    private static Prediction<T> Compiled<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        CompiledModel.Compile(network.ToCSharpSource()).Predict<T>("GeneratedModels.Model");

    private static void Compare<T>(Network<T> network, double relative)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Prediction<T> predict = Compiled(network);
        var random = new Random(4);
        foreach (double scale in (double[])[0, 1e-3, 1, 100])
        {
            T[] input = Enumerable.Range(0, network.InputSize)
                .Select(_ => T.CreateChecked(scale * ((2 * random.NextDouble()) - 1))).ToArray();
            T[] expected = new T[network.OutputSize];
            T[] actual = new T[network.OutputSize];
            network.Predict(input, expected);
            predict(input, actual);
            double largest = expected.Max(value => Math.Abs(double.CreateChecked(value)));
            for (int i = 0; i < expected.Length; i++)
            {
                double.CreateChecked(actual[i])
                    .Should().BeApproximately(double.CreateChecked(expected[i]), relative * largest);
            }
        }
    }

    [Fact]
    public void Normalization_of_inputs_with_a_large_mean_keeps_its_digits()
    {
        foreach (Network<float> network in (Network<float>[])
            [
                Network.Create<float>(3, seed: 1).BatchNormalization().Build(),
                Network.Create<float>(3, seed: 1).LayerNormalization().Build(),
            ])
        {
            if (network.Layers[0] is BatchNormalization<float> normalization)
            {
                normalization.RunningMean.Values.Fill(1e4f);
                normalization.RunningVariance.Values.Fill(0.5f);
            }

            float[] input = [1e4f + 1, 1e4f - 0.5f, 1e4f + 0.25f];
            float[] actual = new float[3];
            Compiled(network)(input, actual);
            float[] expected = network.Predict(input);
            for (int i = 0; i < 3; i++)
            {
                actual[i].Should().BeApproximately(expected[i], 1e-6f);
            }
        }
    }

    /// <summary>A layer that the library does not know.</summary>
    private sealed class Halving(int size) : UnusedLayer<float>("halving", size, size);
}
