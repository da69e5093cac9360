using System.Buffers.Binary;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.PyTorch;
using NeuralNet.Safetensors;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Serialization;

public sealed class StateDictFileTests
{
    private static readonly Dictionary<string, string> _names = new()
    {
        ["dense1"] = "stem",
        ["batchNormalization1"] = "norm",
        ["dense2"] = "head.0",
        ["dense3"] = "head.2",
    };

    private static readonly Dictionary<string, StateDictCase> _cases =
        ReferenceFile.Read<Dictionary<string, StateDictCase>>("state_dict");

    [Theory]
    [InlineData("sequential, F64")]
    [InlineData("sequential, F32")]
    [InlineData("sequential, F16")]
    [InlineData("sequential, BF16")]
    public void A_sequential_model_of_PyTorch_predicts_what_it_predicts_there(string name)
    {
        RequireOutputs(Load(Sequential<double>(), name), name, 1e-6);
        RequireOutputs(Load(Sequential<float>(), name), name, 2e-5);
    }

    [Fact]
    public void A_model_of_named_modules_is_loaded_by_names()
    {
        RequireOutputs(Load(Named(), "named", _names), "named", 1e-6);
        Network<double> single = Network.Create<double>(4, seed: 1).Dense(2).Build();
        RequireOutputs(Load(single, "one module", new() { ["dense1"] = "" }), "one module", 1e-6);
        RequireOutputs(Load(Network.Create<double>(4, seed: 1).Dense(2).Build(), "one module"), "one module", 1e-6);
    }

    [Fact]
    public void A_file_is_loaded_by_its_path()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Save(("weight", [2, 4], 8), ("bias", [2], 2)));
            Network<double> loaded = Network.Create<double>(4, seed: 1).Dense(2).Build();
            Network<double> named = Network.Create<double>(4, seed: 2).Dense(2).Build();
            loaded.LoadStateDict(path);
            named.LoadStateDict(path, new Dictionary<string, string> { ["dense1"] = "" });
            Network<double> expected = Network.Create<double>(4, seed: 3).Dense(2).Build();
            expected.LoadStateDict(new MemoryStream(File.ReadAllBytes(path)));
            loaded.Parameters[0].Value.Should().BeEquivalentTo(expected.Parameters[0].Value);
            named.Parameters[0].Value.Should().BeEquivalentTo(expected.Parameters[0].Value);

            File.WriteAllBytes(path, [1, 2, 3]);
            loaded.Invoking(n => n.LoadStateDict(path))
                .Should().Throw<InvalidDataException>().WithMessage($"'{path}' is truncated*");
            loaded.Parameters[0].Value.Should().BeEquivalentTo(expected.Parameters[0].Value);
            loaded.Invoking(n => n.LoadStateDict("")).Should().Throw<ArgumentException>().WithParameterName("path");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Where_numbers_do_not_give_the_order_names_are_asked_for() =>
        Refused(
            Named(),
            "named",
            null,
            "Numbers do not give the order of the modules 'head.2' and 'stem' of 'test'; give names.");

    [Fact]
    public void Two_comes_before_ten()
    {
        string[] names = ["fc10.weight", "fc2", "fc02b", "a.10.1", "a.9.2", "b", "", "fc2"];
        Array.Sort(names, NumberedName.Compare);
        names.Should().Equal("", "a.9.2", "a.10.1", "b", "fc2", "fc2", "fc02b", "fc10.weight");
        NumberedName.IsOrderByNumber("0", "2.0").Should().BeTrue();
        NumberedName.IsOrderByNumber("a.9.2", "a.10.1").Should().BeTrue();
        NumberedName.IsOrderByNumber("fc1", "hd2").Should().BeFalse();
        NumberedName.IsOrderByNumber("0", "0.1").Should().BeFalse();
        NumberedName.IsOrderByNumber("3", "03").Should().BeFalse();
    }

    [Fact]
    public void A_wrong_network_is_refused_by_name_and_left_as_it_was()
    {
        Refused(
            Network.Create<double>(4, seed: 1).Dense(2).Build(),
            "named",
            null,
            "*holds 3 modules of the kind Linear or Embedding (head.0, head.2, stem), but the network has 1 such layer "
            + "(dense1).");
        Refused(
            Network.Create<double>(4, seed: 1).Dense(3).Build(),
            "one module",
            null,
            "*holds 'weight' (F32, 2 × 4), but the parameter dense1.weights of the network is 3 × 4.");
        Refused(
            Network.Create<double>(4, seed: 1).Dense(2).Build(),
            "named",
            new() { ["dense1"] = "nose" },
            "*holds no 'nose.weight' for the parameter dense1.weights (2 × 4)*it holds*'stem.weight' (F32, 6 × 4)*");
        Refused(
            Network.Create<double>(4, seed: 1).Dense(6).Build(),
            "named",
            new() { ["dense1"] = "stem" },
            "*tensors that no layer of the network takes: 'head.0.bias' (F32, 6)*");
        Refused(
            Network.Create<double>(4, seed: 1).Dense(2).LayerNormalization().Build(),
            "one module",
            null,
            "*holds 0 modules of the kind LayerNorm or GroupNorm (nothing)*");
        Refused(
            Network.Create<double>(4, seed: 1)
                .Add(size => new Gain<double>(1, new Dense<double>(size, 2))).Build(),
            "one module",
            null,
            "The layer 'gain1' is not one that PyTorch has; give names*");
    }

    [Fact]
    public void Names_are_those_of_the_layers_and_each_module_serves_once()
    {
        Network<double> network = Named();
        network.Invoking(n => Load(n, "named", new() { ["dense1"] = "stem" })).Should().Throw<ArgumentException>()
            .WithMessage(
                "The layers that have parameters are dense1, batchNormalization1, dense2, dense3, but modules are "
                + "named for dense1.*");
        Network<double> two = Network.Create<double>(4, seed: 1).Dense(4).Dense(4).Build();
        byte[] file = Save(("a.weight", [4, 4], 16));
        two.Invoking(
            n => n.LoadStateDict(
                new MemoryStream(file), new Dictionary<string, string> { ["dense1"] = "a", ["dense2"] = "a" }))
            .Should().Throw<ArgumentException>()
            .WithMessage("The module 'a' is given to two layers, 'dense2' among them.*");
    }

    [Fact]
    public void A_layer_of_ones_own_is_loaded_under_its_own_names()
    {
        Network<double> network = Network.Create<double>(2, seed: 1)
            .Add(size => new Gain<double>(1, new Dense<double>(size, 3))).Build();
        byte[] file = Save(("x.gain", [3], 3), ("y.weight", [3, 2], 6));
        network.LoadStateDict(
            new MemoryStream(file), new Dictionary<string, string> { ["gain1"] = "x", ["gain1.dense1"] = "y" });
        network.Parameter("gain1.gain").Values.ToArray().Should().Equal(0, 1, 2);
        network.Parameter("gain1.dense1.weights").Value.ToRowArrays().SelectMany(row => row)
            .Should().Equal(0, 1, 2, 3, 4, 5);
        network.Parameter("gain1.dense1.biases").Values.ToArray().Should().Equal(0, 0, 0);
    }

    [Fact]
    public void What_was_loaded_is_saved_under_the_names_of_the_model()
    {
        byte[] theirs = Convert.FromBase64String(_cases["sequential, F32"].File);
        Network<float> network = Load(Sequential<float>(), "sequential, F32");
        Dictionary<string, string> modules = new()
        {
            ["dense1"] = "0",
            ["batchNormalization1"] = "1",
            ["dense2"] = "4",
            ["layerNormalization1"] = "5",
            ["prelu1"] = "6",
            ["dense3"] = "7",
            ["batchNormalization2"] = "8",
            ["dense4"] = "10",
            ["prelu2"] = "11",
            ["dense5"] = "12",
        };
        using var stream = new MemoryStream();
        network.SaveStateDict(stream, modules);

        byte[] ours = stream.ToArray();
        Dictionary<string, string> shapes = Shapes(ours);
        shapes.Remove("7.bias").Should().BeTrue("a layer has biases here, whether or not the module had");
        shapes.Should().BeEquivalentTo(
            Shapes(theirs).Where(tensor => !tensor.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)));
        Network<float> back = Sequential<float>();
        back.LoadStateDict(new MemoryStream(ours));
        back.Parameters.SelectMany(p => p.Values.ToArray())
            .Should().Equal(network.Parameters.SelectMany(p => p.Values.ToArray()));
        RequireOutputs(back, "sequential, F32", 2e-5);
    }

    [Fact]
    public void A_network_for_images_is_loaded_answers_as_in_PyTorch_and_is_saved_as_it_was()
    {
        RequireOutputs(Load(Images<double>(), "images"), "images", 1e-6);
        Network<float> network = Load(Images<float>(), "images");
        using var stream = new MemoryStream();
        network.SaveStateDict(
            stream,
            new Dictionary<string, string>
            {
                ["convolution1"] = "0",
                ["batchNormalization1"] = "1",
                ["dense1"] = "5",
            });
        Dictionary<string, string> theirs = Tensors(Convert.FromBase64String(_cases["images"].File));
        theirs.Remove("1.num_batches_tracked").Should().BeTrue();
        Tensors(stream.ToArray()).Should().BeEquivalentTo(theirs);
    }

    [Fact]
    public void Normalizations_within_samples_are_found_by_their_numbers()
    {
        static Network<double> Build(int seed) => Network.Create<double>(new FeatureShape(2, 3, 4), seed)
            .PReLU(slopePerFeature: true).LayerNormalization().RmsNormalization().GroupNormalization(2).Build();

        Network<double> network = Build(1);
        foreach (Parameter<double> parameter in network.Parameters)
        {
            TestData.Uniform<double>(4, 1, seed: parameter.Name.Length).AsColumnMajorArray().CopyTo(parameter.Values);
        }

        using var stream = new MemoryStream();
        network.SaveStateDict(
            stream,
            new Dictionary<string, string>
            {
                ["prelu1"] = "0",
                ["layerNormalization1"] = "1",
                ["rmsNormalization1"] = "2",
                ["groupNormalization1"] = "10",
            });
        Shapes(stream.ToArray()).Keys
            .Should().BeEquivalentTo("0.weight", "1.weight", "1.bias", "2.weight", "10.weight", "10.bias");
        Network<double> again = Build(2);
        again.LoadStateDict(new MemoryStream(stream.ToArray()));
        again.Parameters.SelectMany(p => p.Values.ToArray())
            .Should().Equal(network.Parameters.SelectMany(p => p.Values.ToArray()));
    }

    [Fact]
    public void Without_names_the_layers_own_are_saved_and_found_again()
    {
        string path = Path.GetTempFileName();
        Network<double> network = Load(Sequential<double>(), "sequential, F64");
        network.SaveStateDict(path);
        Shapes(File.ReadAllBytes(path)).Keys
            .Should().Contain(["dense1.weight", "dense5.bias", "batchNormalization2.running_var", "prelu1.weight"]);

        Network<double> again = Sequential<double>();
        again.LoadStateDict(path);
        again.Parameters.SelectMany(p => p.Values.ToArray())
            .Should().Equal(network.Parameters.SelectMany(p => p.Values.ToArray()));
        File.Delete(path);
    }

    [Fact]
    public void Names_that_do_not_fit_are_refused_before_anything_is_written()
    {
        Network<double> two = Network.Create<double>(4, seed: 1).Dense(4).Dense(4).Build();
        using var stream = new MemoryStream();
        two.Invoking(n => n.SaveStateDict(stream, new Dictionary<string, string> { ["dense1"] = "a" }))
            .Should().Throw<ArgumentException>()
            .WithMessage("The layers that have parameters are dense1, dense2, but modules are named for dense1.*");
        two.Invoking(
            n => n.SaveStateDict(stream, new Dictionary<string, string> { ["dense1"] = "a", ["dense2"] = "a" }))
            .Should()
            .Throw<ArgumentException>().WithMessage(
                "The parameter dense2.weights and another one would both be called "
                + "'a.weight'.*").WithParameterName("modules");
        stream.Length.Should().Be(0);

        Network<double> one = Network.Create<double>(4, seed: 1).Dense(4).Build();
        one.SaveStateDict(stream, new Dictionary<string, string> { ["dense1"] = "" });
        Shapes(stream.ToArray()).Keys.Should().BeEquivalentTo("weight", "bias");
    }

    private static Dictionary<string, string> Shapes(byte[] file) =>
        new TensorSource(new MemoryStream(file), "test").Header.Entries.ToDictionary(
            entry => entry.Name, entry => entry.ToString());

    // Type, shape and bytes of every tensor.
    private static Dictionary<string, string> Tensors(byte[] file)
    {
        int data = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        return new TensorSource(new MemoryStream(file), "test").Header.Entries.ToDictionary(
            entry => entry.Name,
            entry => $"{entry} {Convert.ToHexString(file[(int)(data + entry.Begin)..(int)(data + entry.End)])}");
    }

    private static byte[] Save(params (string Name, int[] Shape, int Count)[] tensors)
    {
        using var stream = new MemoryStream();
        TensorArchive.Write<double>(
            stream,
            new Dictionary<string, string>(),
            [.. tensors.Select(t => new NamedTensor<double>(t.Name, ColumnMajor(t.Shape), t.Shape))]);
        return stream.ToArray();
    }

    private static double[] ColumnMajor(int[] shape)
    {
        int columns = shape.Length == 2 ? shape[1] : 1;
        double[] values = new double[shape[0] * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[((i % columns) * shape[0]) + (i / columns)] = i;
        }

        return values;
    }

    private static void Refused(
        Network<double> network, string name, Dictionary<string, string>? modules, string message)
    {
        double[] before = network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
        network.Invoking(n => Load(n, name, modules)).Should().Throw<InvalidDataException>().WithMessage(message);
        network.Parameters.SelectMany(p => p.Values.ToArray()).Should().Equal(before);
    }

    private static Network<T> Load<T>(Network<T> network, string name, Dictionary<string, string>? modules = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        network.LoadStateDict(new MemoryStream(Convert.FromBase64String(_cases[name].File)), modules, "test");
        return network;
    }

    private static void RequireOutputs<T>(Network<T> network, string name, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach ((double[] input, double[] expected) in _cases[name].Inputs.Zip(_cases[name].Outputs))
        {
            T[] output = new T[network.OutputSize];
            network.Predict(input.Select(T.CreateTruncating).ToArray(), output);
            for (int i = 0; i < expected.Length; i++)
            {
                double.CreateTruncating(output[i])
                    .Should().BeApproximately(expected[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
            }
        }
    }

    private static Network<T> Sequential<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(4, seed: 1)
            .Dense(8).BatchNormalization().Activation(new ReLU()).Dropout(0.3)
            .Dense(8).LayerNormalization().PReLU(slopePerFeature: true)
            .Dense(8).BatchNormalization(epsilon: 1e-3).Activation(new GELU())
            .Dense(8).PReLU().Dense(3)
            .Build();

    private static Network<T> Images<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(new FeatureShape(8, 6, 3), seed: 1)
            .Convolution(4, kernelSize: 3).BatchNormalization().Activation(new ReLU()).MaxPooling(2).Dense(5)
            .Build();

    private static Network<double> Named() =>
        Network.Create<double>(4, seed: 1).Dense(6).BatchNormalization().Activation(new Tanh()).Dense(6, new ReLU())
            .Dense(3).Build();
}
