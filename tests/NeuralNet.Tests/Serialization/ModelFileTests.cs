using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Fuzz;
using NeuralNet.Initializers;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Safetensors;
using NeuralNet.Serialization;
using NeuralNet.Tests.Activations;
using NeuralNet.Tests.Parity;
using NeuralNet.Training;

namespace NeuralNet.Tests.Serialization;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<int> EveryActivation { get; } = new(Enumerable.Range(0, Catalogue.Activations.Count));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_layer_comes_back_to_the_bit_with_its_settings()
    {
        RequireRoundTrip(Everything<float>());
        RequireRoundTrip(Everything<double>());
        RequireRoundTrip(EveryLayer.Create<double>(7));
    }

    [Theory]
    [MemberData(nameof(EveryActivation))]
    public void Every_activation_comes_back_with_its_settings(int index)
    {
        IActivation activation = Catalogue.Activations[index];
        RequireRoundTrip(Network.Create<float>(3, seed: 5).Dense(4, activation).Activation(activation).Build());
        RequireRoundTrip(Network.Create<double>(3, seed: 5).Dense(4, activation).Activation(activation).Build());
    }

    [Fact]
    public void A_file_is_loaded_as_it_was_saved()
    {
        string path = Path.Combine(_folder, "a.safetensors");
        Network<float> network = Everything<float>();
        network.Save(path);
        RequireSame(network, Network.Load<float>(path));
        Directory.GetFiles(_folder).Should().Equal(path);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_loaded_as_well()
    {
        Network<float> network = Network.Create<float>(300, seed: 4).Dense(401).Dense(2).Build();
        RequireSame(network, Network.Load<float>(new OneWayStream(Save(network))));
    }

    [Fact]
    public void A_row_longer_than_a_block_comes_back_as_well()
    {
        RequireRoundTrip(Network.Create<float>(40_000, seed: 4).Dense(3).Build(), samples: 1);
        RequireRoundTrip(Network.Create<double>(16_385, seed: 4).Dense(2).Build(), samples: 1);
    }

    [Fact]
    public void The_other_precision_is_converted()
    {
        Network<float> network = Everything<float>();
        Network<double> wide = Network.Load<double>(new MemoryStream(Save(network)));
        wide.Parameters.SelectMany(p => p.Values.ToArray())
            .Should().Equal(network.Parameters.SelectMany(p => p.Values.ToArray()).Select(v => (double)v));
        RequireSame(network, Network.Load<float>(new MemoryStream(Save(wide))));
    }

    [Fact]
    public void Sixteen_bits_round_and_half_the_file()
    {
        Network<float> network = Network.Create<float>(50, seed: 1).Dense(40, new Tanh()).Dense(3).Build();
        byte[] file = Save(network, elementType: TensorElementType.F16);
        file.Length.Should().BeInRange(2 * (int)network.ParameterCount, (2 * (int)network.ParameterCount) + 1000);
        Network<float> loaded = Network.Load<float>(new MemoryStream(file));
        loaded.Parameters.SelectMany(p => p.Values.ToArray()).Should().Equal(
            network.Parameters.SelectMany(p => p.Values.ToArray()).Select(value => (float)(Half)value));

        network.Parameters[0].Values[7] = 65520;
        network.Invoking(n => Save(n, elementType: TensorElementType.F16))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("*'dense1.weights' has numbers that are beyond F16*");
        Network<double> large = Network.Create<double>(1, seed: 1).Dense(1).Build();
        large.Parameters[0].Values[0] = 1e39;
        large.Invoking(n => Save(n, elementType: TensorElementType.F32)).Should().Throw<InvalidOperationException>();
        large.Parameters[0].Values[0] = double.PositiveInfinity;
        byte[] infinite = Save(large, elementType: TensorElementType.F16);
        Network.Load<double>(new MemoryStream(infinite), allowNonFinite: true).Parameters[0].Values[0]
            .Should().Be(double.PositiveInfinity);
    }

    [Fact]
    public void Names_and_description_are_readable()
    {
        Network<float> network = Network.Create<float>(3, seed: -7)
            .Dense(2, new LeakyReLU(0.2), weightPenalty: new L2Penalty(0.5))
            .BatchNormalization()
            .Residual(block => block.Dense(2))
            .Build();
        network.Layers[0].Freeze();
        using var stream = new MemoryStream(Save(network));
        SafetensorsHeader header = SafetensorsHeader.Read(stream, "test");
        header.Entries.Select(entry => entry.Name).Should().Equal(
            "dense1.weights", "dense1.biases", "batchNormalization1.gamma", "batchNormalization1.beta",
            "batchNormalization1.runningMean", "batchNormalization1.runningVariance", "residual1.dense1.weights",
            "residual1.dense1.biases");
        header.Metadata["neuralnet.model"].Should().Be(
            """{"version":1,"seed":-7,"inputSize":3,"layers":["""
            + """{"kind":"dense","outputSize":2,"activation":{"kind":"LeakyReLU","slope":0.2},"""
            + "\"weightPenalty\":{\"kind\":\"L2Penalty\",\"strength\":0.5}},"
            + """{"kind":"batchNormalization","momentum":0.1,"epsilon":1E-05},"""
            + """{"kind":"residual","layers":[{"kind":"dense","outputSize":2,"activation":{"kind":"Identity"}}]}],"""
            + "\"frozen\":[\"dense1.weights\",\"dense1.biases\"]}");
    }

    [Fact]
    public void A_loaded_network_trains_on_to_the_same_bits()
    {
        Network<float> network = Everything<float>();
        Network<float> loaded = Network.Load<float>(new MemoryStream(Save(network)));
        foreach (Network<float> each in new[] { network, loaded })
        {
            var trainer = new Trainer<float>(each, new MeanSquaredError(), new Adam());
            for (int step = 0; step < 5; step++)
            {
                trainer.Step(Matrix<float>.Build.Random(5, 8, 1), Matrix<float>.Build.Random(3, 8, 2));
            }
        }

        RequireSame(network, loaded);
    }

    [Fact]
    public void Kinds_of_ones_own_come_back()
    {
        ModelKinds kinds = new ModelKinds()
            .WithActivation<Cubic>("cubic", s => new())
            .WithLayer<double, Gain<double>>(
                "gain",
                s =>
                {
                    double factor = s.Number("factor", layer => layer.Factor);
                    Layer<double> inner = s.Layers("inner", layer => layer.Children).Single();
                    s.RequireTensor("gain", inner.OutputSize);
                    return () => new(factor, inner);
                });
        Network<double> network = Network.Create<double>(3, seed: 3)
            .Dense(4, new Cubic())
            .Add(size => new Gain<double>(0.3, new Gain<double>(7, new Dense<double>(size, 5))))
            .Dense(2)
            .Build();
        RequireRoundTrip(network, kinds: kinds);
    }

    [Fact]
    public void What_is_not_registered_is_refused_by_name_with_what_to_do()
    {
        Network<float> network = Network.Create<float>(3, seed: 3).Dense(4, new Cubic()).Build();
        string path = Path.Combine(_folder, "none.safetensors");
        network.Invoking(n => n.Save(path)).Should().Throw<InvalidOperationException>().WithMessage(
            "The activation NeuralNet.Tests.Cubic cannot be saved*new ModelKinds().WithActivation(\"Cubic\", "
            + "…)*SaveParameters.");
        Directory.GetFiles(_folder).Should().BeEmpty();
        ModelKinds kinds = new ModelKinds().WithActivation<Cubic>("cubic", s => new());
        byte[] file = Save(network, kinds);
        FluentActions.Invoking(() => Network.Load<float>(new MemoryStream(file), name: "mine"))
            .Should().Throw<InvalidDataException>().WithMessage(
            "'mine' cannot be loaded: layers[0].activation is an activation of the kind 'cubic', which is not "
            + "registered*WithActivation(\"cubic\", …)*Load.");
        Network<float> own = Network.Create<float>(3, seed: 3)
            .Add(size => new Gain<float>(1, new Dense<float>(size, 2))).Build();
        own.Invoking(n => Save(n)).Should().Throw<InvalidOperationException>().WithMessage("*WithLayer(\"gain\", …)*");
        own.Invoking(n => Save(n, new ModelKinds().WithLayer<float, Gain<float>>("other", s => () => null!)))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("*registered as 'other', but its own kind is 'gain'*");
    }

    [Fact]
    public void More_layers_or_deeper_ones_than_can_be_loaded_are_not_saved()
    {
        Layer<float> deep = new Dropout<float>(2);
        for (int i = 0; i < 30; i++)
        {
            deep = new Residual<float>(deep);
        }

        RequireRoundTrip(Network.Create<float>(2, seed: 1).Add(deep).Build());
        Layer<float> deeper = new Dropout<float>(2);
        for (int i = 0; i < 40; i++)
        {
            deeper = new Residual<float>(deeper);
        }

        Network.Create<float>(2, seed: 1).Add(deeper).Build().Invoking(n => Save(n))
            .Should().Throw<InvalidOperationException>().WithMessage("*at most 64 levels*");
        NetworkBuilder<float> many = Network.Create<float>(2, seed: 1);
        for (int i = 0; i <= ModelLimits.Layers; i++)
        {
            many.Dropout();
        }

        many.Build().Invoking(n => Save(n))
            .Should().Throw<InvalidOperationException>().WithMessage("*at most 10000 layers*");
    }

    [Fact]
    public void A_file_of_format_version_1_is_loaded_for_ever()
    {
        // Written once, by the first version; check_model.py beside it reads it in Python. Never to be written anew.
        StateDictCase file = ReferenceFile.Read<StateDictCase>("model_v1");
        byte[] bytes = Convert.FromBase64String(file.File);
        Network<float> network = Network.Load<float>(new MemoryStream(bytes));
        network.Parameters.Where(parameter => parameter.IsFrozen).Select(parameter => parameter.LocalName)
            .Should().Equal("gamma", "beta", "runningMean", "runningVariance");
        foreach ((double[] input, double[] expected) in file.Inputs.Zip(file.Outputs))
        {
            float[] output = new float[network.OutputSize];
            network.Predict(input.Select(value => (float)value).ToArray(), output);
            for (int i = 0; i < expected.Length; i++)
            {
                output[i].Should().BeApproximately((float)expected[i], 1e-5f);
            }
        }

        Save(network).Should().Equal(bytes);
    }

    [Fact]
    public void A_file_of_parameters_alone_is_pointed_to_where_it_is_read()
    {
        using var stream = new MemoryStream();
        Everything<float>().SaveParameters(stream);
        stream.Position = 0;
        FluentActions.Invoking(() => Network.Load<float>(stream))
            .Should().Throw<InvalidDataException>().WithMessage("*no entry 'neuralnet.model'*LoadParameters*");
        Network<float> filled = Everything<float>(seed: 2);
        filled.LoadParameters(new MemoryStream(Save(Everything<float>())));
        RequireSameValues(Everything<float>(), filled);
    }

    private static void RequireRoundTrip<T>(Network<T> network, int samples = 4, ModelKinds? kinds = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte[] file = Save(network, kinds);
        Network<T> loaded = Network.Load<T>(new MemoryStream(file), kinds);
        RequireSame(network, loaded, samples, kinds);
        Save(loaded, kinds).Should().Equal(file);
    }

    private static void RequireSame<T>(Network<T> network, Network<T> loaded, int samples = 4, ModelKinds? kinds = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        kinds ??= new();
        loaded.Seed.Should().Be(network.Seed);
        loaded.InputSize.Should().Be(network.InputSize);
        loaded.Layers.Select(layer => kinds.Describe(layer))
            .Should().Equal(network.Layers.Select(layer => kinds.Describe(layer)));
        loaded.ToString().Should().Be(network.ToString());
        RequireSameValues(network, loaded);
        foreach ((Parameter<T> expected, Parameter<T> found) in network.Parameters.Zip(loaded.Parameters))
        {
            found.IsFrozen.Should().Be(expected.IsFrozen, expected.Name);
            found.Shape.Should().Equal(expected.Shape, expected.Name);
            found.StatisticMomentum.Should().Be(expected.StatisticMomentum, expected.Name);
            kinds.Describe(found.Penalty).Should().Be(kinds.Describe(expected.Penalty));
            kinds.Describe(found.Constraint).Should().Be(kinds.Describe(expected.Constraint));
        }

        T[] inputs = new T[network.InputSize * samples];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = T.CreateChecked(Math.Sin(i));
        }

        T[] outputs = new T[network.OutputSize * samples];
        T[] again = new T[network.OutputSize * samples];
        network.Predict(inputs, outputs);
        loaded.Predict(inputs, again);
        again.Should().Equal(outputs);
    }

    private static void RequireSameValues<T>(Network<T> network, Network<T> loaded)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        loaded.Parameters.Select(parameter => parameter.ToString())
            .Should().Equal(network.Parameters.Select(parameter => parameter.ToString()));
        foreach ((Parameter<T> expected, Parameter<T> found) in network.Parameters.Zip(loaded.Parameters))
        {
            expected.Values.SequenceEqual(found.Values).Should().BeTrue(expected.Name);
        }
    }

    private static byte[] Save<T>(Network<T> network, ModelKinds? kinds = null, TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        network.Save(stream, kinds, elementType);
        return stream.ToArray();
    }

    /// <summary>Every layer with no default setting, statistics of data, some of it frozen.</summary>
    private static Network<T> Everything<T>(int seed = 11)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = Network.Create<T>(5, seed)
            .Dense(
                6,
                new ELU(0.7),
                new Normal(0, 0.3),
                new Constant(0.1),
                new ElasticNetPenalty(1e-3, 1.0 / 3),
                new MaxNorm(1.5))
            .BatchNormalization(0.3, 1e-3)
            .Activation(new HardTanh(-2, 0.5))
            .Dropout(0.2)
            .Residual(block => block
                .LayerNormalization(1e-4)
                .Residual(
                    inner =>
                        inner.Dense(9, new GELU(tanhApproximation: true), weightPenalty: new L1Penalty(0.01)).PReLU(0.1)
                            .Dense(6))
                .Dense(6, weightConstraint: new MaxNorm(3)))
            .PReLU(0.3, slopePerFeature: true)
            .Dense(3, new Softplus(2))
            .Build();
        var trainer = new Trainer<T>(network, new MeanSquaredError(), new Sgd(0.1));
        trainer.Step(Matrix<T>.Build.Random(5, 8, 1), Matrix<T>.Build.Random(3, 8, 2));
        network.Layers[4].Children[0].Freeze();
        network.Parameter("dense1.biases").IsFrozen = true;
        network.Parameter("batchNormalization1.runningMean").IsFrozen = true;
        return network;
    }
}
