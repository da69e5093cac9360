using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>A pipeline is exported with all that its predictions go through, or refused.</summary>
public sealed class PipelineExportTests
{
    private static readonly Standardization _inputs = new([1, 2], [3, 4]);

    // Isotonic calibrations and one class against the others are no layers.
    private static readonly string[] _notImportable =
        ["isotonic", "constant", "one-versus-rest", "impossible", "labels-calibrated"];

    public static TheoryData<string> Importable { get; } = new(PipelineCases.All
        .Select(one => one.Name)
        .Where(name => !_notImportable.Any(part => name.Contains(part, StringComparison.Ordinal))));

    [Theory]
    [MemberData(nameof(Importable))]
    public void A_classifier_is_read_back_as_a_pipeline_that_gives_its_probabilities(string name)
    {
        IExportCase one = PipelineCases.Named(name);

        one.RoundTripDifference().Should().BeLessThan(one.Describe().Type == "float32" ? 2e-6 : 1e-12);
    }

    [Fact]
    public void A_pipeline_without_labels_is_read_back_as_what_it_predicts()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(8, new Tanh()).Dense(3).Build();
        Pipeline<double> pipeline = Pipeline.Create(network, _inputs, new Standardization([10, 20, 30], [4, 5, 6]));
        using var stream = new MemoryStream();
        pipeline.SaveOnnx(stream);
        stream.Position = 0;
        Matrix<double> inputs = TestData.Uniform<double>(2, 50, seed: 2, -3, 3);

        TestData.Difference(Network.LoadOnnx<double>(stream).Predict(inputs), pipeline.Predict(inputs))
            .Should().BeLessThan(1e-12);
    }

    [Fact]
    public void Labels_are_texts_or_all_of_them_whole_numbers()
    {
        Table(["a", "b", "c"]).Should().Be((ElementKind.Text, "a|b|c"));
        Table(["2", "-7", "9223372036854775807"]).Should().Be((ElementKind.Int64, "2|-7|9223372036854775807"));
        foreach (string other in (string[])["+3", "03", "3.0", " 3", "", "9223372036854775808", "-0"])
        {
            Table(["1", "2", other]).Should().Be((ElementKind.Text, $"1|2|{other}"));
        }

        static (int Kind, string Labels) Table(string[] labels)
        {
            Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
            GraphProto graph = Graph(Pipeline.Create(network, labels: new LabelEncoder(labels)));
            if (graph.Initializer.SingleOrDefault(one => one.Name == "label.labels") is { } table)
            {
                graph.Output[0].Type.TensorType.ElemType.Should().Be(ElementKind.Int64);
                return (ElementKind.Int64, string.Join(
                    '|', MemoryMarshal.Cast<byte, long>(table.RawData.Span).ToArray()));
            }

            NodeProto texts = graph.Node.Single(node => node.OpType == "Constant");
            return (graph.Output[0].Type.TensorType.ElemType, string.Join(
                '|', texts.Attribute.Single().Strings.Select(text => text.ToStringUtf8())));
        }
    }

    [Fact]
    public void Outputs_have_the_names_that_were_asked_for()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(1).Build();
        Pipeline<float> pipeline = Pipeline.Create(network, labels: new LabelEncoder(["no", "yes"]));

        Shape(Graph(pipeline)).Should().Equal("label: batch", "probabilities: batch 2");
        Shape(Graph(pipeline, new() { LabelName = "output_label", OutputName = "output_probability" }))
            .Should().Equal("output_label: batch", "output_probability: batch 2");
        FluentActions.Invoking(() => Graph(pipeline, new() { InputName = "label" }))
            .Should().Throw<ArgumentException>().WithMessage("*need names*'label'*");

        static IEnumerable<string> Shape(GraphProto graph) => graph.Output.Select(output =>
            $"{output.Name}: {string.Join(' ', output.Type.TensorType.Shape.Dim.Select(
                one => one.DimParam.Length > 0 ? one.DimParam : $"{one.DimValue}"))}");
    }

    [Fact]
    public void The_answers_of_every_case_are_various()
    {
        // Else the agreement of labels with those of ONNX Runtime would say nothing.
        foreach (IExportCase one in PipelineCases.All.Where(one => !one.Name.Contains("constant")))
        {
            one.Describe().Batches[^1].Labels!.Distinct().Count().Should().BeGreaterThan(1, one.Name);
        }
    }

    [Fact]
    public void What_no_operator_does_is_refused_by_name()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        Pipeline<float> pipeline = Pipeline.Create(network, labels: new LabelEncoder(["a", "b", "c"]));
        Network<float> one = Network.Create<float>(2, seed: 1).Dense(1).Build();
        Refused(Pipeline.Create(one, labels: new LabelEncoder(["a", "b"])).WithCalibration(new Halving()))
            .Should().Throw<NotSupportedException>().WithMessage("*the calibration Halving*pipeline.Network.SaveOnnx*");
        Refused(pipeline, new() { Preprocessing = _inputs }).Should().Throw<ArgumentException>()
            .WithMessage("The pipeline has its own*").WithParameterName("options");
        Refused(pipeline, new() { AppendSoftmax = true }).Should().Throw<ArgumentException>()
            .WithMessage("*gives probabilities as it is*").WithParameterName("options");
        Refused(pipeline, new() { AppendSoftmaxTo = ["output"] }).Should().Throw<ArgumentException>()
            .WithMessage("*gives probabilities as it is*");
        Network<float> softmax = Network.Create<float>(2, seed: 1).Dense(3, new Softmax()).Build();
        Refused(Pipeline.Create(softmax).WithCalibration(new TemperatureScaling(2)), new() { AppendSoftmax = true })
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => network.SaveOnnx(
                new MemoryStream(), new() { Calibration = new PlattScaling(1, 0) }))
            .Should().Throw<ArgumentException>().WithMessage("*of one output*");

        static Action Refused(Pipeline<float> pipeline, OnnxExportOptions? options = null) =>
            () => pipeline.SaveOnnx(new MemoryStream(), options);
    }

    private static GraphProto Graph(Pipeline<float> pipeline, OnnxExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        pipeline.SaveOnnx(stream, options);
        return ModelProto.Parser.ParseFrom(stream.ToArray()).Graph;
    }

    private sealed class Halving : ICalibration
    {
        public int? OutputSize => null;

        public void Apply(Span<double> scores) => scores[0] = scores[0] > 0 ? 1 : 0.5;
    }
}
