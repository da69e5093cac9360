namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Models that other programs wrote predict what they did there.</summary>
public sealed class ForeignModelTests
{
    public static TheoryData<string> Names { get; } = new(ForeignModel.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_predicts_what_it_did_where_it_was_made_in_float(string name) =>
        new ForeignModel(name).Difference<float>().Should().BeLessThan(1e-5);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_predicts_what_it_did_where_it_was_made_in_double(string name) =>
        new ForeignModel(name).Difference<double>().Should()
            .BeLessThan(name.Contains("double", StringComparison.Ordinal) ? 1e-7 : 1e-5);

    [Fact]
    public void There_are_models() => ForeignModel.Names.Should().HaveCountGreaterThan(10);
}
