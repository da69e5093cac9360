using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Kinds;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Safetensors;
using NeuralNet.Serialization;

namespace NeuralNet.Tests.Serialization;

public sealed class PipelineFileTests
{
    private static readonly IFeatureTransform[] _transforms =
    [
        new Standardization([1, double.Epsilon], [0.1, 1e300]),
        new ChannelStandardization(new(2, 1), [0.1], [1.0 / 3]),
        new MinMaxScaling([0, 1], [2, 3], -1, 1.0 / 3),
        new Imputation([1.5, -2]),
        new MissingIndicator(2),
        new PiecewiseLinearEncoding([0, 1.0 / 3, 2], [-1e300]),
        new PiecewiseLinearEncoding([[0, 1.0 / 3, 2], [-1e300]], clips: true),
        new CyclicEncoding([365.2425, 1.0 / 3]),
        new OneHotEncoding([[1, 2, 3], [0.5]], UnknownCategory.Zeros),
        new ColumnTransform(
            2,
            new ColumnBlock([1]),
            new ColumnBlock([0, 1], new Standardization([1, 2], [3, 4])),
            new ColumnBlock([0])),
        new TransformSequence(
            new Imputation([0, 0]),
            new TransformSequence(new MinMaxScaling([0, 1], [2, 3])),
            new Standardization([1, 2], [3, 4])),
    ];

    public static TheoryData<int> Transforms { get; } = new(Enumerable.Range(0, _transforms.Length));

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Every_transform_comes_back_to_the_bit(int index)
    {
        IFeatureTransform transform = _transforms[index];
        Network<double> network = Network.Create<double>(transform.OutputSize, seed: 1).Dense(4, new Tanh()).Dense(1)
            .Build();
        var pipeline = Pipeline.Create(network, transform, new Standardization([100], [7]));
        byte[] file = Saved(pipeline);
        Pipeline<double> loaded = Pipeline.Load<double>(new MemoryStream(file));

        loaded.Inputs.Should().BeOfType(transform.GetType());
        Matrix<double> inputs = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 0.5, 0.5, 0.5 } });
        loaded.Predict(inputs).Should().BeEquivalentTo(pipeline.Predict(inputs));
        Saved(loaded).Should().Equal(file);
    }

    [Fact]
    public void Every_transform_of_the_library_is_among_them() =>
        typeof(IFeatureTransform).Assembly.GetTypes().Where(
            type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFeatureTransform)))
            .Should().BeEquivalentTo(_transforms.Select(transform => transform.GetType()).Distinct());

    [Fact]
    public void Labels_come_back()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        var pipeline = Pipeline.Create(network, labels: new LabelEncoder(["ä", "b\"c", ""]));
        Pipeline.Load<float>(new MemoryStream(Saved(pipeline))).Labels!.Labels.Should().Equal("ä", "b\"c", "");
    }

    [Fact]
    public void Threshold_columns_and_categories_come_back_to_the_bit()
    {
        Network<float> network = Network.Create<float>(3, seed: 1).Dense(1, new Sigmoid()).Build();
        var pipeline = Pipeline.Create(
            network,
            labels: new LabelEncoder(["no", "yes"]),
            threshold: 0.1 + 0.2,
            columns: [new("age"), new("payment", new LabelEncoder(["card", "", "bär"])), new("")]);
        byte[] file = Saved(pipeline);
        Pipeline<float> loaded = Pipeline.Load<float>(new MemoryStream(file));
        loaded.Threshold.Should().Be(0.1 + 0.2);
        loaded.Columns!.Select(column => column.Name).Should().Equal("age", "payment", "");
        loaded.Columns![0].Categories.Should().BeNull();
        loaded.Columns![1].Categories!.Labels.Should().Equal("card", "", "bär");
        Saved(loaded).Should().Equal(file);

        // What was not given is not written: it follows from the network.
        Pipeline<float> bare = Pipeline.Load<float>(
            new MemoryStream(Saved(Pipeline.Create(network, labels: pipeline.Labels))));
        bare.Threshold.Should().Be(0.5);
        bare.Columns.Should().BeNull();
    }

    [Fact]
    public void A_network_alone_is_a_pipeline_but_a_pipeline_is_no_network()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        using var alone = new MemoryStream();
        network.Save(alone);
        alone.Position = 0;
        Pipeline.Load<float>(alone).Inputs.Should().BeNull();

        byte[] file = Saved(Pipeline.Create(network, new Standardization([1, 2], [3, 4])));
        FluentActions.Invoking(() => Network.Load<float>(new MemoryStream(file))).Should().Throw<InvalidDataException>()
            .WithMessage("*holds a pipeline*load it with Pipeline.Load*AddNeuralNetModel<Pipeline<T>>*");
    }

    [Fact]
    public void A_transform_of_ones_own_is_registered()
    {
        Network<double> network = Network.Create<double>(1, seed: 1).Dense(1).Build();
        var pipeline = Pipeline.Create(network, new Shift(2.5));
        FluentActions.Invoking(() => Saved(pipeline))
            .Should().Throw<InvalidOperationException>().WithMessage("*WithTransform*");

        ModelKinds kinds = new ModelKinds().WithTransform<Shift>("shift", s => new(s.Number("by", shift => shift.By)));
        using var stream = new MemoryStream();
        pipeline.Save(stream, kinds);
        stream.Position = 0;
        ((Shift)Pipeline.Load<double>(stream, kinds).Inputs!).By.Should().Be(2.5);
    }

    [Theory]
    [InlineData("\"means\":[1,2]", "\"means\":[1,2,3]", "*inputs cannot be made*")]
    [InlineData("\"means\":[1,2]", "\"means\":[1,\"x\"]", "*expected a number*")]
    [InlineData("\"deviations\":[3,4]", "\"deviations\":[3,0]", "*inputs cannot be made*")]
    [InlineData("\"Standardization\"", "\"System.IO.File\"", "*which is not registered*")]
    [InlineData("\"labels\":[\"a\",\"b\",\"c\"]", "\"labels\":[\"a\",\"b\"]", "*make no pipeline*3 classes*2 labels*")]
    [InlineData("\"labels\":[\"a\",\"b\",\"c\"]", "\"labels\":[\"a\",\"b\",\"a\"]", "*labels are no labels*")]
    [InlineData("\"pipeline\":true", "\"pipeline\":1", "*true or false*")]
    [InlineData(
        "\"pipeline\":true", "\"pipeline\":true,\"threshold\":0.5", "*make no pipeline*the network gives 3 outputs*")]
    [InlineData(
        "\"columns\":[\"x\",\"y\"]",
        "\"columns\":[\"x\"]",
        "*2 counts of categories do not fit 1 columns with 2 categories*")]
    [InlineData(
        "\"columns\":[\"x\",\"y\"]", "\"columns\":[\"x\",\"x\"]", "*make no pipeline*Two columns are called 'x'*")]
    [InlineData("\"categoryCounts\":[0,2]", "\"categoryCounts\":[0,1]", "*counts of categories do not fit*")]
    [InlineData("\"categoryCounts\":[0,2]", "\"categoryCounts\":[-1,3]", "*counts of categories do not fit*")]
    [InlineData(
        "\"categoryCounts\":[0,2]",
        "\"categoryCounts\":[9223372036854775807,9223372036854775807]",
        "*counts of categories do not fit*")]
    [InlineData("\"categories\":[\"d\",\"e\"]", "\"categories\":[\"d\",\"d\"]", "*categories of 'y' are no labels*")]
    [InlineData(",\"categories\":[\"d\",\"e\"]", "", "*'categories'*")]
    [InlineData("\"columns\":[\"x\",\"y\"],", "", "*categoryCounts*")]
    public void Damage_is_refused(string text, string damaged, string message)
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        byte[] file = Saved(
            Pipeline.Create(
                network,
                new Standardization([1, 2], [3, 4]),
                labels: new LabelEncoder(["a", "b", "c"]),
                columns: [new("x"), new("y", new LabelEncoder(["d", "e"]))]));
        SafetensorsHeader header = SafetensorsHeader.Read(new MemoryStream(file), "test");
        string model = header.Metadata[ModelDescription.MetadataKey];
        model.Should().Contain(text);
        using var stream = new MemoryStream();
        TensorArchive.Write<float>(
            stream,
            new Dictionary<string, string>
            {
                [ModelDescription.MetadataKey] = model.Replace(text, damaged, StringComparison.Ordinal),
            },
            [.. network.Parameters.Select(p => new NamedTensor<float>(p.Name, p.Array, p.Shape))]);
        stream.Position = 0;
        FluentActions.Invoking(() => Pipeline.Load<float>(stream))
            .Should().Throw<InvalidDataException>().WithMessage(message);
    }

    private static byte[] Saved<T>(Pipeline<T> pipeline)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        pipeline.Save(stream);
        return stream.ToArray();
    }

    private sealed class Shift(double by) : IFeatureTransform
    {
        public double By => by;

        public int InputSize => 1;

        public int OutputSize => 1;

        public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            for (int i = 0; i < input.Values.Length; i++)
            {
                output.Values[i] = input.Values[i] + T.CreateChecked(by);
            }
        }
    }
}
