using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Export;

public sealed class ExporterTests
{
    [Fact]
    public void A_model_says_what_it_is()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(3).Build();
        ModelProto model = Model(network, new()
        {
            Documentation = "Flowers",
            GraphName = "iris",
            Metadata = new Dictionary<string, string> { ["classes"] = "a,b,c" },
        });

        model.ProducerName.Should().Be("NeuralNet");
        model.ProducerVersion.Should().MatchRegex(@"^\d+\.\d+\.\d+$");
        model.DocString.Should().Be("Flowers");
        model.Graph.Name.Should().Be("iris");
        model.MetadataProps
            .Should().ContainSingle()
            .Which.Should().Be(new StringStringEntryProto { Key = "classes", Value = "a,b,c" });
        model.OpsetImport.Should().ContainSingle().Which.Version.Should().Be(17);
    }

    [Fact]
    public void Parameters_keep_their_names_and_weights_are_outputs_by_inputs()
    {
        Network<double> network = TestData.Randomized(
            Network.Create<double>(4, seed: 1).Dense(3, new ReLU()).Dense(2).Build(), 3);
        GraphProto graph = Model(network, new()).Graph;

        graph.Initializer.Select(tensor => tensor.Name)
            .Should().Equal("dense1.weights", "dense1.biases", "dense2.weights", "dense2.biases");
        graph.Initializer[0].Dims.Should().Equal(3, 4);
        for (int i = 0; i < 12; i++)
        {
            BitConverter.ToDouble(graph.Initializer[0].RawData.Span[(8 * i)..])
                .Should().Be(network.Parameters[0].Value[i / 4, i % 4]);
        }

        graph.Node.Select(node => node.OpType).Should().Equal("Gemm", "Relu", "Gemm");
        graph.Node.Select(node => node.Name).Should().Equal("dense1.gemm", "dense1.relu", "dense2.gemm");
    }

    [Fact]
    public void The_batch_is_of_any_size()
    {
        GraphProto graph = Model(
            Network.Create<float>(4, seed: 1).Dense(3).Build(), new() { InputName = "x", OutputName = "y" }).Graph;
        (ValueInfoProto input, ValueInfoProto output) = (graph.Input.Single(), graph.Output.Single());

        (input.Name, output.Name).Should().Be(("x", "y"));
        input.Type.TensorType.Shape.Dim[0].DimParam.Should().Be("batch");
        input.Type.TensorType.Shape.Dim[1].DimValue.Should().Be(4);
        output.Type.TensorType.Shape.Dim[0].DimParam.Should().Be("batch");
        output.Type.TensorType.Shape.Dim[1].DimValue.Should().Be(3);
    }

    [Fact]
    public void Dropout_leaves_no_trace()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dropout().Dense(3, new ReLU()).Dropout().Build();
        Model(network, new()).Graph.Node.Select(node => node.OpType).Should().Equal("Gemm", "Relu");
    }

    [Fact]
    public void A_layer_of_ones_own_is_refused_by_name()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(3).Add(shape => new Gain<float>(shape.Size))
            .Build();
        FluentActions.Invoking(() => Model(network, new()))
            .Should().Throw<NotSupportedException>().WithMessage("*'gain1'*OnnxExtension*");
    }

    [Fact]
    public void An_activation_of_ones_own_is_refused_by_name()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Residual(block => block.Dense(4, new Sine()))
            .Build();
        FluentActions.Invoking(() => Model(network, new()))
            .Should().Throw<NotSupportedException>().WithMessage("*Sine*'residual1.dense1'*OnnxExtension*");
    }

    [Fact]
    public void An_extension_writes_layers_and_activations_of_ones_own()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(3, new Sine())
            .Add(shape => new Gain<float>(shape.Size)).Build();
        GraphProto graph = Model(network, new() { Extensions = [new OwnExtension()] }).Graph;
        graph.Node.Select(node => node.OpType).Should().Equal("Gemm", "Sin", "Mul");
        graph.Initializer.Select(tensor => tensor.Name).Should().Contain("gain1.gain");
    }

    [Fact]
    public void A_transform_of_ones_own_is_written_by_an_extension_and_refused_without()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(1).Build();
        FluentActions.Invoking(() => Model(network, new() { Preprocessing = new Doubled() }))
            .Should().Throw<NotSupportedException>().WithMessage("*Doubled*OnnxExtension*");
        GraphProto graph = Model(
            network, new() { Preprocessing = new Doubled(), Extensions = [new DoubledExtension()] }).Graph;
        graph.Node.Select(node => node.OpType).Should().Equal("Add", "Gemm");
    }

    [Fact]
    public void An_extension_leaves_what_it_does_not_know_to_the_library()
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(3, new ReLU()).Build();
        var second = new ColumnTransform(2, new ColumnBlock([1], null));
        ModelProto plain = Model(network, new() { Preprocessing = second });
        plain.Graph.Node.Select(node => node.OpType).Should().Equal("Gather", "Gemm", "Relu");
        Model(network, new() { Preprocessing = second, Extensions = [new DoubledExtension(), new OwnExtension()] })
            .Should().Be(plain);
    }

    [Fact]
    public void Inputs_and_outputs_are_there_by_name_and_shape_without_detours()
    {
        Network<float> network = Network.Create<float>(seed: 1)
            .Input("image", new FeatureShape(4, 4, 1)).Input("table", 2)
            .Branches(
                Merge.Concatenation,
                image => image.From("image").Dense(3),
                table => table.From("table").Dense(2))
            .Output("price", price => price.Dense(1))
            .Output("kind", kind => kind.Dense(3))
            .Build();
        GraphProto graph = Model(network, new()).Graph;
        graph.Input.Select(Shown).Should().Equal("image batch,4,4,1", "table batch,2");
        graph.Output.Select(Shown).Should().Equal("price batch,1", "kind batch,3");
        graph.Node.Select(node => node.OpType).Should().Equal("Flatten", "Gemm", "Gemm", "Concat", "Gemm", "Gemm");

        static string Shown(ValueInfoProto value) => value.Name + " " + string.Join(
            ',',
            value.Type.TensorType.Shape.Dim.Select(dim => dim.DimParam.Length > 0 ? dim.DimParam : $"{dim.DimValue}"));
    }

    [Fact]
    public void Names_and_softmax_are_said_for_each_of_several_outputs()
    {
        Network<float> network = Network.Create<float>(4, seed: 1)
            .Output("price", price => price.Dense(1)).Output("kind", kind => kind.Dense(3, new Softmax())).Build();
        Refused(new() { OutputName = "y" }, "*leave the names out where there are several*");
        Refused(new() { AppendSoftmax = true }, "*has 2 outputs: price: 1, kind: 3*AppendSoftmaxTo*");
        Refused(new() { AppendSoftmaxTo = ["kinds"] }, "*appended to 'kinds', but the outputs are*");
        Refused(new() { AppendSoftmaxTo = ["kind"] }, "*the output 'kind' of the network ends in*Distribution*");
        Refused(new() { InputName = "kind" }, "*different ones*'kind', 'price', 'kind'*");

        void Refused(OnnxExportOptions options, string message) =>
            FluentActions.Invoking(() => Model(network, options))
                .Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void An_operator_takes_only_what_is_there() =>
        FluentActions.Invoking(() => Model(
                Network.Create<float>(2, seed: 1).Add(new Gain<float>(2)).Build(),
                new() { Extensions = [new AstrayExtension()] }))
            .Should().Throw<ArgumentException>().WithMessage("*no value 'nowhere'*Mul*");

    [Fact]
    public void A_constant_of_ones_own_has_as_many_elements_as_its_shape()
    {
        var graph = new OnnxGraph(isDouble: false, ["x", "y"]);
        graph.Constant("c", [1, 2, 3, 4], 2, 2).Should().Be("c");
        graph.Proto.Initializer.Single().Dims.Should().Equal(2, 2);
        FluentActions.Invoking(() => graph.Constant("c", [1, 2, 3], 2, 2))
            .Should().Throw<ArgumentException>().WithMessage("*'c' has 3 elements*2 × 2*");
    }

    [Fact]
    public void A_one_hot_encoding_that_refuses_categories_is_refused()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(1).Build();
        FluentActions.Invoking(() => Model(network, new() { Preprocessing = new OneHotEncoding([[0, 1]]) }))
            .Should().Throw<NotSupportedException>().WithMessage("*UnknownCategory.Zeros*");
    }

    [Fact]
    public void Options_that_do_not_fit_are_refused()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3, new Softmax()).Build();
        Refused(new() { AppendSoftmax = true }, "*ends in Softmax*");
        Refused(new() { InputName = "a", OutputName = "a" }, "*'a', 'a'*");
        Refused(new() { Preprocessing = new Standardization([0], [1]) }, "*gives 1 feature,*takes 2*");
        Refused(new() { Precision = (OnnxPrecision)9 }, "*OnnxPrecision 9*");

        void Refused(OnnxExportOptions options, string message) =>
            FluentActions.Invoking(() => Model(network, options))
                .Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole_or_not_at_all()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("neuralnet-onnx-");
        try
        {
            string path = Path.Combine(folder.FullName, "model.onnx");
            Network.Create<float>(2, seed: 1).Dense(3).Build().SaveOnnx(path);
            byte[] before = File.ReadAllBytes(path);
            FluentActions.Invoking(
                () => Network.Create<float>(2, seed: 1).Add(new Gain<float>(2)).Build().SaveOnnx(path))
                .Should().Throw<NotSupportedException>();
            File.ReadAllBytes(path).Should().Equal(before);
            folder.GetFiles().Should().ContainSingle();
            Network.LoadOnnx<float>(path).OutputSize.Should().Be(3);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_layer_and_activation_of_the_library_is_in_the_catalogue() =>
        ExportCatalogue.All.SelectMany(one => one.Kinds).Distinct().Should().BeEquivalentTo(
            typeof(Layer<>).Assembly.GetExportedTypes().Where(type => !type.IsAbstract
                && (type.IsAssignableTo(typeof(IActivation))
                    || IsLayer(type))));

    private static bool IsLayer(Type type) => type.BaseType is { } super
        && ((super.IsGenericType && super.GetGenericTypeDefinition() == typeof(Layer<>)) || IsLayer(super));

    [Fact]
    public void Public_classes_are_sealed_or_abstract() =>
        typeof(OnnxExporter).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract).Should().BeEmpty();

    private static ModelProto Model<T>(Network<T> network, OnnxExportOptions options)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        network.SaveOnnx(stream, options);
        return ModelProto.Parser.ParseFrom(stream.ToArray());
    }

    /// <summary>Twice the features.</summary>
    private sealed class Doubled : IFeatureTransform
    {
        public int InputSize => 2;

        public int OutputSize => 2;

        public void Transform<T>(LinearAlgebra.ReadOnlyMatrixSpan<T> input, LinearAlgebra.MatrixSpan<T> output)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            System.Numerics.Tensors.TensorPrimitives.Add(input.Values, input.Values, output.Values);
    }

    private sealed class DoubledExtension : OnnxExtension
    {
        public override string? Write(IFeatureTransform transform, string input, OnnxGraph graph) =>
            transform is Doubled ? graph.Node("Add", [input, input]) : null;
    }

    private sealed class AstrayExtension : OnnxExtension
    {
        public override string? Write<T>(Layers.Layer<T> layer, string input, OnnxGraph graph) =>
            graph.Node("Mul", [input, "nowhere"]);
    }
}
