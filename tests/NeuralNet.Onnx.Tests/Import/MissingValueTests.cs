using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>What replaces missing values in front of a network becomes the imputation of a pipeline.</summary>
public sealed class MissingValueTests
{
    private const double None = double.NaN;

    [Fact]
    public void An_imputer_in_front_of_a_scaler_is_an_imputation()
    {
        Pipeline<double> pipeline = Load(Imputer(10, 20, 30).Then("b = ai.onnx.ml.Scaler(a)")
            .WithFloats("offset", 1, 2, 3).WithFloats("scale", 2, 0.5, -1).Then("y = Identity(b)"));

        pipeline.Inputs.Should().BeOfType<Imputation>().Which.Replacements.Should().Equal(10, 20, 30);
        Outputs(pipeline, 4, 5, 6).Should().Equal(6, 1.5, -3);
        Outputs(pipeline, None, 5, None).Should().Equal(18, 1.5, -27);
    }

    [Fact]
    public void One_replacement_is_that_of_all_features()
    {
        Pipeline<double> pipeline = Load(Imputer(7).Then("y = Neg(a)"));

        Outputs(pipeline, None, 5, None).Should().Equal(-7, -5, -7);
    }

    [Fact]
    public void Inputs_may_be_joined_before_and_others_go_round_it()
    {
        GraphText text = new GraphText(2, "c = Cast(x)").With(OnnxAttribute.Int("to", 1)).Input("z", 1).Input("w", 1)
            .Then("j = Concat(z, c)").With(OnnxAttribute.Int("axis", 1))
            .Then("a = ai.onnx.ml.Imputer(j)").WithFloats("imputed_value_floats", 1, 2, 3)
            .With(OnnxAttribute.Float("replaced_value_float", None))
            .Then("y = Concat(a, w)").With(OnnxAttribute.Int("axis", 1));
        Pipeline<double> pipeline = Load(text);

        // The inputs are x, z and w, the outputs z, x and w.
        pipeline.Network.Inputs.Select(input => input.Name).Should().Equal("x", "z", "w");
        Outputs(pipeline, None, None, None, 8).Should().Equal(1, 2, 3, 8);
        Outputs(pipeline, 5, None, 7, 8).Should().Equal(7, 5, 3, 8);
        double.IsNaN(Outputs(pipeline, 5, 6, 7, None)[3]).Should().BeTrue();
    }

    [Fact]
    public void What_replaces_NaN_by_two_operators_is_read_too()
    {
        Pipeline<double> pipeline = Load(new GraphText(2, "m = IsNaN(x)", "a = Where(m, c, x)", "y = Neg(a)")
            .Floats("c", [2], 4, 5));

        Outputs(pipeline, None, None).Should().Equal(-4, -5);
        Outputs(pipeline, 1, None).Should().Equal(-1, -5);
    }

    [Fact]
    public void A_model_without_missing_values_is_a_pipeline_without_a_transform() =>
        Load(new GraphText(2, "y = Neg(x)")).Inputs.Should().BeNull();

    [Fact]
    public void What_no_imputation_does_is_refused_with_the_remedy()
    {
        Refused(new GraphText(3, "a = ai.onnx.ml.Imputer(x)").WithFloats("imputed_value_floats", 1, 2, 3)
            .With(OnnxAttribute.Float("replaced_value_float", -1)).Then("y = Neg(a)"), "*it replaces -1*NaN*");
        Refused(new GraphText(3, "a = ai.onnx.ml.Imputer(x)").WithFloats("imputed_value_floats", 1, 2, 3)
            .Then("y = Neg(a)"), "*it replaces 0*NaN*");
        Refused(Imputer(1, None, 3).Then("y = Neg(a)"), "*3 replacements, which must be finite*");
        Refused(Imputer().Then("y = Neg(a)"), "*replacement*at least one*");
        Refused(Imputer(1, 2).Then("y = Neg(a)"), "*2 replacements*'x'*3 features*");

        // Behind a layer, and beside something that takes the raw features.
        Refused(
            new GraphText(1, "b = Neg(x)", "a = ai.onnx.ml.Imputer(b)").WithFloats("imputed_value_floats", 1)
                .With(OnnxAttribute.Float("replaced_value_float", None)).Then("y = Neg(a)"),
            "*directly behind an input*");
        Refused(Imputer(1, 2, 3).Then("y = Add(a, x)"), "*directly behind an input*");
        Refused(
            new GraphText(2, "m = IsNaN(x)", "a = Where(m, c, x)", "b = Neg(x)", "y = Add(a, b)")
                .Floats("c", [2], 4, 5),
            "*directly behind an input*");
        Imputer(1, 2, 3).Then("y = Neg(a)").ShouldBe<NotSupportedException>("*Imputer*Pipeline.LoadOnnx*");

        static void Refused(GraphText text, string message) => FluentActions.Invoking(() => Load(text))
            .Should().ThrowExactly<NotSupportedException>().WithMessage(message);
    }

    private static GraphText Imputer(params double[] replacements) => new GraphText(3, "a = ai.onnx.ml.Imputer(x)")
        .WithFloats("imputed_value_floats", replacements).With(OnnxAttribute.Float("replaced_value_float", None));

    private static Pipeline<double> Load(GraphText text) => Pipeline.LoadOnnx<double>(new MemoryStream(text.Bytes()));

    private static double[] Outputs(Pipeline<double> pipeline, params double[] sample) =>
        pipeline.Predict(Vector<double>.Build.Dense(sample)).ToArray();
}
